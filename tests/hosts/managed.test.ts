import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import type { Group, ManagedBlueprint } from "../../blueprint/types";
import { planHost, renderHosts, userData, userDataLimitBytes } from "../../hosts";
import { programsArchive } from "../../hosts/app/programs";
import type { HostPlan } from "../../hosts/types";
import { managedBlueprint } from "../fixtures/good";
import { assertPlanIsWhole, contentOf, directives } from "./plans";

const variants: Record<string, ManagedBlueprint> = { "level 1": managedBlueprint(), "level 2": managedBlueprint({ level: 2 }) };
/** Room that is left for what an operator says in `appEnvironment`. */
const spareBytes = 4096;
const programDirectory = "/opt/bundler/programs";

function groupNamed(blueprint: ManagedBlueprint, name: string): Group {
  const group = blueprint.groups.find((one) => one.name === name);
  assert.ok(group, `the blueprint has no group ${name}`);
  return group;
}

function planOf(name: string, blueprint = managedBlueprint()): HostPlan {
  return planHost(blueprint, groupNamed(blueprint, name));
}

/** Names of the files in a tar, by its headers. */
function namesIn(tar: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; tar[at] !== 0;) {
    names.push(tar.toString("utf8", at, tar.indexOf(0, at)));
    const size = parseInt(tar.toString("ascii", at + 124, at + 135), 8);
    at += 512 * (1 + Math.ceil(size / 512));
  }
  return names;
}

describe("what is on every machine of a group", () => {
  for (const [name, blueprint] of Object.entries(variants)) {
    for (const group of blueprint.groups) {
      it(`${group.name}, ${name}: user data holds the whole plan, with room to spare`, () => {
        const bytes = Buffer.from(userData(blueprint, group), "base64");
        assert.ok(bytes.length <= userDataLimitBytes - spareBytes, `${String(bytes.length)} bytes`);
        assert.equal(renderHosts(blueprint).get(group.name)?.userData, bytes.toString("base64"));
        const text = gunzipSync(bytes).toString("utf8");
        assert.ok(text.startsWith("#cloud-config\n"));
        const config = parse(text) as { write_files: { path: string; content: string }[] };
        assert.deepEqual(
          config.write_files.map(({ path, content }) => [path, content]),
          planHost(blueprint, group).files.map(({ path, content }) => [path, content]),
        );
      });

      it(`${group.name}, ${name}: every path once, every own unit there, no secret`, () => {
        const plan = planHost(blueprint, group);
        assertPlanIsWhole(plan);
        const own = new Set(plan.files.map((file) => file.path));
        for (const unit of plan.units.filter((one) => one.startsWith("bundler-"))) assert.ok(own.has(`/etc/systemd/system/${unit}`), unit);
        for (const { path, content } of plan.files) {
          assert.doesNotMatch(content, /BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|sk_live_/, path);
          assert.doesNotMatch(content, /(PASSWORD|SECRET_KEY|_TOKEN)="[^"]/, path);
        }
      });

      it(`${group.name}, ${name}: every program that a unit runs is in user data or in the archive`, () => {
        const plan = planHost(blueprint, group);
        const there = new Set([
          ...plan.files.map((file) => file.path),
          ...namesIn(programsArchive(blueprint).bytes).map((program) => `${programDirectory}/${program}`),
        ]);
        const run = plan.files.flatMap(({ content }) => content.match(/\/\S+\.py\b/g) ?? []);
        assert.ok(run.some((path) => path.startsWith(programDirectory)));
        for (const path of run) assert.ok(there.has(path), path);
      });

      it(`${group.name}, ${name}: nothing that runs a fetched program is started before it is fetched`, () => {
        for (const { path, content } of planHost(blueprint, group).files.filter((file) => file.path.endsWith(".service"))) {
          const unit = directives(content);
          if (!(unit["Service.ExecStart"] ?? []).some((line) => line.includes(programDirectory))) continue;
          // A unit that lives without its program says so; the others come after what fetches it, or after what comes after that.
          const after = (unit["Unit.After"] ?? []).join(" ");
          assert.match(`${after} ${(unit["Unit.ConditionPathExists"] ?? []).join(" ")}`, /bundler-artifacts|bundler-migrate|haproxy|programs/, path);
        }
      });
    }
  }

  it("is the same bytes each time", () => {
    const group = groupNamed(managedBlueprint(), "worker");
    assert.equal(userData(managedBlueprint(), group), userData(managedBlueprint(), group));
  });

  it("keeps the name that EC2 gave it: no hostname of the platform's, and no host by name", () => {
    const text = gunzipSync(Buffer.from(userData(managedBlueprint(), groupNamed(managedBlueprint(), "api")), "base64")).toString("utf8");
    assert.equal("hostname" in (parse(text) as object), false);
    assert.deepEqual(
      contentOf(planOf("api"), "/etc/hosts")
        .split("\n")
        .filter((line) => !/^(127\.0\.0\.1|::1) |^$/.test(line)),
      [],
    );
  });

  it("has no certificate of its own: no secret of own hosts' kinds", () => {
    for (const name of ["api", "worker"]) {
      const secrets = planOf(name)
        .secrets.flatMap((file) => [...(file.parts ?? []), ...Object.values(file.environment ?? {}), ...Object.values(file.template?.values ?? {})])
        .map(({ secret }) => secret);
      assert.ok(secrets.includes("database-owner"));
      assert.deepEqual(
        secrets.filter((secret) => /^tls-|-admin$|^edge-|^objects-/.test(secret)),
        [],
      );
    }
  });

  it("runs each process in its group, the dashboard on every API machine, payment-workers only by its agent", () => {
    const { processes } = managedBlueprint();
    const started = (name: string): string[] => planOf(name).units.filter((unit) => processes.some((process) => unit === `${process.name}.service`));
    assert.deepEqual(started("worker"), ["upload-workers.service"]);
    assert.deepEqual(started("api").sort(), ["admin-dashboard.service", "payment-service.service", "upload-api.service"]);
    assert.ok(planOf("worker").units.includes("bundler-singleton.service"));
    assert.ok(!planOf("api").units.includes("bundler-singleton.service"));
  });
});

describe("the programs' archive", () => {
  it("is the same bytes on every call, whatever else the stack is", () => {
    const [one, again, other] = [programsArchive(managedBlueprint()), programsArchive(managedBlueprint()), programsArchive(managedBlueprint({ level: 2 }))];
    assert.ok(one.bytes.equals(again.bytes) && one.bytes.equals(other.bytes));
    assert.equal(one.key, other.key);
  });

  it("is named, and checked by every machine, by its own SHA-256", () => {
    const { key, bytes } = programsArchive(managedBlueprint());
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    assert.equal(key, `programs-${sha256}.tar`);
    for (const name of ["api", "worker"]) {
      const { artifacts } = JSON.parse(contentOf(planOf(name), "/etc/bundler/artifacts.json")) as {
        artifacts: { name: string; url: string; sha256: string }[];
      };
      const found = artifacts.find((artifact) => artifact.name === "programs");
      assert.deepEqual([found?.sha256, found?.url], [sha256, `s3://${managedBlueprint().programs.bucket}/${key}`]);
    }
  });

  it("is fetched by no host of its own, whose user data has room for its programs", () => {
    for (const name of ["api", "worker"]) assert.ok((planOf(name).artifacts ?? []).some((artifact) => artifact.destination === programDirectory));
    assert.ok(!planOf("worker").files.some((file) => /bundler_(cut|endpoints|migrate|health|singleton|lease_table|drain|backlog)\.py$/.test(file.path)));
  });
});

describe("the data proxy of a machine of a group", () => {
  const section = (config: string, name: string): string => config.split(/\n(?=listen )/).find((part) => part.startsWith(`listen ${name}\n`)) ?? "";
  interface Endpoints {
    endpoints: { backend: string; servers: string[]; name: string; port: number }[];
    database: { backend: string; holdSeconds: number; authority: string; database: string; user: string };
    writer: number;
  }

  for (const name of ["api", "worker"]) {
    it(`of ${name}: has every server of every endpoint, nowhere until its name has had an answer`, () => {
      const config = contentOf(planOf(name), "/etc/haproxy/haproxy.cfg");
      const { endpoints } = JSON.parse(contentOf(planOf(name), "/etc/bundler/endpoints.json")) as Endpoints;
      const { database, redis, edge } = managedBlueprint();
      assert.deepEqual(
        endpoints.map((one) => [one.name, one.port]),
        [[database.writerName, database.port], ...redis.instances.map(({ primaryName, port }) => [primaryName, port]), [edge.payment.name, edge.payment.port]],
      );
      for (const { backend, servers } of endpoints) {
        const moved = [...section(config, backend).matchAll(/^ {4}server (\S+) 127\.0\.0\.1:1(?= |$)(?!.*no-check)/gm)].map(([, server]) => server);
        assert.deepEqual(moved, servers, backend);
      }
      // Its clients resolve nothing themselves.
      assert.doesNotMatch(config, /resolvers|init-addr|\.internal/);
    });
  }

  it("believes a writer only where it is checked, for as long as the blueprint says", () => {
    const config = contentOf(planOf("api"), "/etc/haproxy/haproxy.cfg");
    const { writer, database: asked } = JSON.parse(contentOf(planOf("api"), "/etc/bundler/endpoints.json")) as Endpoints;
    const { proxy, database } = managedBlueprint();
    assert.match(section(config, asked.backend), new RegExp(`^ {4}server writer \\S+ addr 127\\.0\\.0\\.1 port ${String(writer)}$`, "m"));
    assert.equal(asked.holdSeconds, proxy.writerHoldSeconds);
    assert.deepEqual([asked.database, asked.user], [database.databases[0]?.name, database.databases[0]?.owner]);
    const authority = (planOf("api").artifacts ?? []).find((artifact) => artifact.destination === asked.authority);
    assert.deepEqual([authority?.url, authority?.sha256], [database.authority.url, database.authority.sha256]);
    assert.ok(contentOf(planOf("api"), "/etc/pgbouncer/pgbouncer.ini").includes(`server_tls_ca_file = ${asked.authority}\n`));
  });

  it("asks payment-service of its own machine first, where that runs, and otherwise the internal load balancer", () => {
    const servers = (name: string): string[] =>
      section(contentOf(planOf(name), "/etc/haproxy/haproxy.cfg"), "payment")
        .split("\n")
        .filter((line) => line.startsWith("    server "));
    const balancers = ["a", "b", "c"].map((letter) => `    server balancer-${letter} 127.0.0.1:1`);
    assert.deepEqual(servers("api"), ["    server own 127.0.0.1:4001", ...balancers.map((line) => `${line} backup`)]);
    assert.deepEqual(servers("worker"), balancers);
  });

  it("speaks TLS to each Redis, checks its chain, and takes its primary only", () => {
    const config = contentOf(planOf("worker"), "/etc/haproxy/haproxy.cfg");
    for (const name of ["redis-cache", "redis-queues"]) {
      assert.match(section(config, name), /^ {4}server primary \S+ ssl verify required ca-file @system-ca$/m);
      assert.match(section(config, name), /^ {4}tcp-check expect string role:master$/m);
    }
    assert.match(section(config, "redis-cache"), /AUTH \$\{REDIS_CACHE_PASSWORD\}/);
    assert.doesNotMatch(section(config, "redis-queues"), /AUTH/);
  });
});

describe("a machine of a group that is to go", () => {
  for (const { name, processes } of managedBlueprint().groups) {
    it(`of ${name}: ends every process that it runs, the agent of payment-workers with them, and then answers its own group's hook`, () => {
      const settings = JSON.parse(contentOf(planOf(name), "/etc/bundler/drain.json")) as { steps: string[][]; group: string; hook: string };
      const agent = processes.includes("payment-workers") ? ["bundler-singleton.service"] : [];
      assert.deepEqual(settings.steps.flat().sort(), [...agent, ...processes.map((process) => `${process}.service`)].sort());
      // Its agent would start payment-workers again.
      if (agent.length > 0)
        assert.ok(settings.steps[0]?.includes("bundler-singleton.service") === true && !settings.steps[0].includes("payment-workers.service"));
      assert.deepEqual([settings.group, settings.hook], [`bundler-level1-${name}`, "drain"]);
      assert.ok(planOf(name).units.includes("bundler-drain.service"));
    });
  }

  it("says how much work there is only where the group's size follows it", () => {
    const says = (plan: HostPlan): boolean => plan.units.includes("bundler-backlog.timer");
    const level2 = managedBlueprint({ level: 2 });
    assert.deepEqual([says(planOf("api")), says(planOf("worker")), says(planOf("api", level2)), says(planOf("worker", level2))], [false, false, false, true]);
  });

  it("keeps the lease of payment-workers in the payment database, where there is no etcd", () => {
    const settings = JSON.parse(contentOf(planOf("worker"), "/etc/bundler/singleton.json")) as { database: Record<string, unknown>; endpoints?: unknown };
    const { database, proxy } = managedBlueprint();
    assert.deepEqual(settings.database, {
      host: "127.0.0.1",
      port: proxy.postgresPort,
      dbname: database.databases[0]?.name,
      user: database.databases[0]?.owner,
    });
    assert.equal(settings.endpoints, undefined);
    const unit = directives(contentOf(planOf("worker"), "/etc/systemd/system/bundler-singleton.service"));
    const file = planOf("worker").secrets.find(({ path }) => path === unit["Service.EnvironmentFile"]?.[0]);
    assert.deepEqual(Object.keys(file?.environment ?? {}), ["DB_PASSWORD"]);
  });

  it("makes the databases that a managed one does not come with before it migrates them", () => {
    const settings = JSON.parse(contentOf(planOf("api"), "/etc/bundler/migrate.json")) as { create: string[] };
    assert.deepEqual(
      settings.create,
      managedBlueprint().database.databases.map(({ name }) => name),
    );
  });
});
