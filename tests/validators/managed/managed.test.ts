import assert from "node:assert/strict";
import { planHost } from "../../../hosts";
import { programsArchive } from "../../../hosts/app/programs";
import type { HostFile, HostPlan } from "../../../hosts/types";
import { managedBlueprint } from "../../fixtures/good";
import { contentOf, directives } from "../../hosts/plans";
import { testCertificate } from "../certificates";
import { runCheck, runInRoot } from "../debian";
import { checkFile } from "../relocate";
import { bootedMachine, secretValues } from "./machine";

/** Where two members of the managed database, and two addresses of the internal load balancer, are in the check. */
const members = ["10.99.0.1", "10.99.0.2"] as const;
const balancers = ["10.99.0.11", "10.99.0.12"] as const;

/** What a managed machine may not have before its processes run: they make it themselves. */
const madeLater = [
  // The release, which is the application's own; its test is the lab's.
  "/opt/bundler/release",
];

/** Every path that a unit names: of programs, of their settings and of environment files. */
function namedPaths(plan: HostPlan): string[] {
  const units = plan.files.filter((file) => file.path.startsWith("/etc/systemd/system/"));
  const values = units.flatMap(({ content }) =>
    Object.entries(directives(content)).flatMap(([name, given]) =>
      /^Service\.(Exec\w+|EnvironmentFile|WorkingDirectory)$|^Unit\.ConditionPathExists$/.test(name) ? given : [],
    ),
  );
  const paths = values.flatMap((value) => value.match(/(?<![\w:/.)])\/[\w./-]+/g) ?? []);
  return [...new Set(paths)].filter((path) => !madeLater.some((prefix) => path.startsWith(prefix))).sort();
}

for (const level of [1, 2]) {
  describe(`files of a managed level ${String(level)} in Debian 13`, () => {
    const blueprint = managedBlueprint({ level });
    for (const group of blueprint.groups) {
      const tls = testCertificate(["database"], []);
      const plan = planHost(blueprint, group);
      const machine = bootedMachine(blueprint, group.name, secretValues(plan, { "redis-cache/ELASTICACHE_PASSWORD": "cachepassword" }), tls.ca);

      it(`every path that a unit of ${group.name} names is there once the machine has booted`, async function () {
        this.timeout(60_000);
        const paths = namedPaths(plan);
        for (const known of ["/usr/bin/python3", "/opt/bundler/programs/bundler_endpoints.py", "/etc/bundler/endpoints.json", "/run/bundler/database.env"])
          assert.ok(paths.includes(known), `${known} is not among ${paths.join(", ")}`);
        // HAProxy makes its socket when it starts.
        const asked = paths.filter((path) => path !== "/run/haproxy/admin.sock");
        const run = await runInRoot(machine.files, machine.argv("sh", "-c", 'for path do test -e "$path" || echo "missing: $path"; done', "sh", ...asked));
        assert.deepEqual([run.status, run.stdout], [0, ""], `${run.stdout}${run.stderr}`);
      });

      it(`HAProxy accepts the data proxy of ${group.name}, whose servers are nowhere yet, without a warning`, async function () {
        this.timeout(60_000);
        assert.match(contentOf(plan, "/etc/haproxy/haproxy.cfg"), /^ {4}server writer 127\.0\.0\.1:1 /m);
        const run = await runInRoot(
          machine.files,
          machine.argv("env", "REDIS_CACHE_PASSWORD=cachepassword", "haproxy", "-c", "-f", "/etc/haproxy/haproxy.cfg"),
        );
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
        assert.doesNotMatch(run.stderr, /WARNING/);
      });

      it(`Python accepts every program of the archive, as ${group.name} unpacks it`, async function () {
        this.timeout(60_000);
        const { destination } = programsArchive(blueprint).artifact;
        const run = await runInRoot(machine.files, machine.argv("sh", "-c", `python3 -m py_compile ${destination}/*.py && ls ${destination}/*.py | wc -l`));
        assert.equal(run.status, 0, run.stderr);
        assert.ok(Number(run.stdout.trim().split("\n").pop()) >= 8, run.stdout);
      });
    }

    it("PgBouncer starts with its files, checks the database's authorities, takes the application's password and knows every pool", async function () {
      this.timeout(60_000);
      const [api] = blueprint.groups;
      assert.ok(api !== undefined);
      const tls = testCertificate(["database"], []);
      const machine = bootedMachine(blueprint, api.name, secretValues(planHost(blueprint, api), { "database-owner/DB_PASSWORD": "ownerpassword" }), tls.ca);
      const expected = Object.fromEntries(
        blueprint.database.databases.flatMap(({ name }) => [
          [name, "transaction"],
          [`${name}_migrations`, "session"],
        ]),
      );
      await runCheck(
        [...machine.files, checkFile(".", "bench.py"), checkFile("app", "check.py")],
        ["python3", "-B", "/check/check.py", "bundler", "ownerpassword", String(blueprint.proxy.postgresPort), JSON.stringify(expected)],
      );
    });
  });
}

describe("a machine of a group in Debian 13, with a database that is elsewhere", () => {
  const blueprint = managedBlueprint();
  const tls = testCertificate(["database"], members);
  const worker = blueprint.groups.find(({ name }) => name === "worker");
  const values = secretValues(worker === undefined ? { packages: [], files: [], secrets: [], units: [], maskedUnits: [] } : planHost(blueprint, worker), {
    "database-owner/DB_PASSWORD": "ownerpassword",
    "redis-cache/ELASTICACHE_PASSWORD": "cachepassword",
  });
  const machine = bootedMachine(blueprint, "worker", values, tls.ca);
  const server = (name: string, content: string): HostFile => ({ path: `/check/server/${name}`, content, mode: "0600", owner: "postgres:postgres" });
  const files = [
    ...machine.files,
    server("cert.pem", tls.certificate),
    server("key.pem", tls.privateKey),
    ...["bench.py"].map((name) => checkFile(".", name)),
    ...["cloud.py", "endpoints.py", "lease.py"].map((name) => checkFile("managed", name)),
  ];
  const started = (unit: string): string[] => directives(contentOf(machine.plan, `/etc/systemd/system/${unit}`))["Service.ExecStart"]?.[0]?.split(" ") ?? [];
  const { database, edge, proxy } = blueprint;
  const described = JSON.stringify({
    members,
    balancers,
    writerName: database.writerName,
    paymentName: edge.payment.name,
    paymentPort: edge.payment.port,
    proxyPaymentPort: proxy.paymentPort,
    primaryPort: proxy.primaryPort,
    postgresPort: proxy.postgresPort,
    writerPort: proxy.writerPort,
    holdSeconds: proxy.writerHoldSeconds,
    port: database.port,
    version: database.version.split(".")[0],
    databases: database.databases,
    password: "ownerpassword",
    cut: started("bundler-cut.service"),
    follow: started("bundler-endpoints.service"),
  });

  it("the data proxy follows the names: a move cuts sessions, nobody is sent to a server in recovery, and a silent one is believed for a moment only", async function () {
    this.timeout(480_000);
    await runCheck(files, machine.argv("python3", "-B", "/check/endpoints.py", described));
  });

  it("the lease of payment-workers is one contender's at a time, through PgBouncer's transactions, and its table is made once", async function () {
    this.timeout(480_000);
    await runCheck(files, machine.argv("python3", "-B", "/check/lease.py", described));
  });
});
