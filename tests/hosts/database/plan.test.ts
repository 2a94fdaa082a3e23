import assert from "node:assert/strict";
import { parse } from "yaml";
import { databasePlan } from "../../../hosts/database/plan";
import { goodBlueprint } from "../../fixtures/good";
import { assertPlanIsWhole, contentOf, directives, hostNamed, hostsWith } from "../plans";

interface PatroniFile {
  name: string;
  scope: string;
  restapi: { listen: string; allowlist: string[]; verify_client: string };
  etcd3: { hosts: string[]; protocol: string };
  bootstrap: { dcs: Record<string, unknown> & { postgresql: { parameters: Record<string, unknown> } } };
  postgresql: { listen: string; data_dir: string; pg_hba: string[]; parameters: Record<string, unknown> };
  tags: { zone: string };
}

describe("hosts/database plan", () => {
  const blueprint = goodBlueprint();
  const host = hostNamed(blueprint, "db-2");
  const plan = databasePlan(blueprint, host);
  const patroni = parse(contentOf(plan, "/etc/patroni/config.yml")) as PatroniFile;

  it("is whole for every database host", () => {
    for (const one of hostsWith(blueprint, "database")) {
      assertPlanIsWhole(databasePlan(blueprint, one));
    }
  });

  it("gives Patroni the blueprint's timings, in the bootstrap, which is what the agent holds clusters to", () => {
    const { patroni: timings } = blueprint.database;
    const dcs = patroni.bootstrap.dcs;
    assert.equal(dcs["ttl"], timings.ttlSeconds);
    assert.equal(dcs["loop_wait"], timings.loopWaitSeconds);
    assert.equal(dcs["retry_timeout"], timings.retryTimeoutSeconds);
    assert.equal(dcs["synchronous_mode"], timings.synchronousMode);
    assert.equal(dcs["failsafe_mode"], timings.failsafeMode);
    const agent = JSON.parse(contentOf(plan, "/etc/bundler/database.json")) as { patroni: unknown };
    assert.equal(agent.patroni, "/etc/patroni/config.yml");
  });

  it("a changed ttl changes it", () => {
    const longer = { ...blueprint, database: { ...blueprint.database, patroni: { ...blueprint.database.patroni, ttlSeconds: 45 } } };
    const files = databasePlan(longer, host);
    assert.equal((parse(contentOf(files, "/etc/patroni/config.yml")) as PatroniFile).bootstrap.dcs["ttl"], 45);
  });

  it("has what pg_rewind, replication and bounded stalls need among its parameters", () => {
    const { parameters } = patroni.bootstrap.dcs.postgresql;
    assert.equal(parameters["wal_log_hints"], true);
    assert.equal(parameters["wal_level"], "replica");
    assert.equal(parameters["max_connections"], blueprint.database.maxConnections);
    assert.equal(parameters["wal_sender_timeout"], blueprint.database.walSenderTimeoutMilliseconds);
    assert.equal(parameters["tcp_user_timeout"], blueprint.database.tcpKeepalive.userTimeoutMilliseconds);
  });

  it("installs what Debian's Patroni needs to speak to etcd", () => {
    assert.ok(plan.packages.includes("python3-etcd"));
  });

  it("keeps words that YAML 1.1 would take for booleans as words", () => {
    const text = contentOf(plan, "/etc/patroni/config.yml");
    assert.doesNotMatch(text, /: (on|off|yes|no)$/m);
    assert.match(text, /ssl: ["']on["']/);
  });

  it("names this host, its zone, and every etcd member by address over TLS", () => {
    assert.equal(patroni.name, "db-2");
    assert.equal(patroni.tags.zone, host.zone);
    assert.equal(patroni.etcd3.protocol, "https");
    assert.deepEqual(
      patroni.etcd3.hosts,
      hostsWith(blueprint, "redis").map((one) => `${one.address}:${String(blueprint.etcd.clientPort)}`),
    );
    assert.ok(patroni.postgresql.data_dir.startsWith(`${host.volumes[0]?.mountPoint ?? "?"}/`));
  });

  it("lets nobody in from elsewhere without TLS and a SCRAM password", () => {
    for (const line of patroni.postgresql.pg_hba) {
      assert.match(line, /^local |^hostssl .* scram-sha-256$/);
    }
    assert.equal(patroni.postgresql.parameters["ssl"], "on");
    assert.equal(patroni.bootstrap.dcs.postgresql.parameters["password_encryption"], "scram-sha-256");
  });

  it("admits the application's owner to its databases from each zone's private subnet only", () => {
    for (const database of blueprint.database.databases) {
      for (const zone of blueprint.network.zones) {
        assert.ok(patroni.postgresql.pg_hba.includes(`hostssl ${database.name} ${database.owner} ${zone.cidrs.private} scram-sha-256`));
      }
    }
    assert.ok(!patroni.postgresql.pg_hba.some((line) => line.includes("0.0.0.0/0") || line.includes("hostssl all")));
  });

  it("writes no password into any file", () => {
    for (const file of plan.files.filter((one) => !one.path.endsWith(".py"))) {
      assert.doesNotMatch(file.content, /password:|auth-pass|PASSWORD_\w+=/i, file.path);
    }
  });

  it("keeps Debian from making a cluster of its own before the package is installed", () => {
    assert.equal(contentOf(plan, "/etc/postgresql-common/createcluster.conf"), "create_main_cluster = false\n");
  });

  it("brings Patroni back at once and leaves PostgreSQL running when only Patroni dies", () => {
    const unit = directives(contentOf(plan, "/etc/systemd/system/patroni.service"));
    assert.deepEqual(unit["Service.Restart"], ["always"]);
    assert.deepEqual(unit["Service.KillMode"], ["process"]);
    assert.deepEqual(unit["Unit.StartLimitIntervalSec"], ["0"]);
    assert.deepEqual(unit["Unit.RequiresMountsFor"], [host.volumes[0]?.mountPoint]);
  });

  it("kills a Patroni whose loop has stopped: every host asks its own liveness, by the certificate that Patroni answers with", () => {
    for (const one of hostsWith(blueprint, "database")) {
      const its = databasePlan(blueprint, one);
      const [, , program = "", settings = ""] =
        directives(contentOf(its, "/etc/systemd/system/bundler-health.service"))["Service.ExecStart"]?.[0]?.split(" ") ?? [];
      const { watched } = JSON.parse(contentOf(its, settings)) as { watched: { unit: string; url: string; authority: string }[] };
      assert.deepEqual(
        watched.map(({ unit, url }) => [unit, url]),
        [["patroni.service", `https://${one.address}:${String(blueprint.database.restPort)}/liveness`]],
      );
      assert.ok(its.secrets.some((secret) => secret.path === watched[0]?.authority));
      assert.match(contentOf(its, program), /"--kill-whom=main", "-s", "KILL"/);
      assert.ok(its.units.includes("bundler-health.service"));
    }
  });

  it("touches the watchdog only when it is wanted", () => {
    const off = { ...blueprint, database: { ...blueprint.database, patroni: { ...blueprint.database.patroni, watchdog: "off" as const } } };
    assert.doesNotMatch(contentOf(databasePlan(off, host), "/etc/systemd/system/patroni.service"), /softdog/);
    const automatic = { ...blueprint, database: { ...blueprint.database, patroni: { ...blueprint.database.patroni, watchdog: "automatic" as const } } };
    assert.match(contentOf(databasePlan(automatic, host), "/etc/systemd/system/patroni.service"), /-\+\/usr\/sbin\/modprobe softdog/);
  });

  it("refuses a host without a data volume", () => {
    assert.throws(() => databasePlan(blueprint, { ...host, volumes: [] }), /host db-2 \(database\) has no data volume/);
  });
});
