import assert from "node:assert/strict";
import { parse } from "yaml";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import { planHost, renderHosts } from "../../hosts";
import type { HostPlan } from "../../hosts/types";
import { goodBlueprint, ownRegions } from "../fixtures/good";
import { assertPlanIsWhole, contentOf, directives, hostNamed, hostsWith } from "./plans";

interface PatroniFile {
  name: string;
  bootstrap: { dcs: { standby_cluster?: { host: string; port: number; primary_slot_name: string }; slots?: Record<string, unknown> } };
  postgresql: { pg_hba: string[] };
}

describe("hosts of two regions", () => {
  const { primary, standby } = ownRegions();
  const plan = (blueprint: SelfHostedBlueprint, name: string): HostPlan => planHost(blueprint, hostNamed(blueprint, name));
  const patroni = (blueprint: SelfHostedBlueprint, name: string): PatroniFile =>
    parse(contentOf(plan(blueprint, name), "/etc/patroni/config.yml")) as PatroniFile;
  const addresses = (blueprint: SelfHostedBlueprint): string[] => hostsWith(blueprint, "database").map(({ address }) => address);

  it("are whole, each of them, and fit into user data", () => {
    for (const blueprint of [primary, standby]) {
      for (const host of blueprint.hosts) assertPlanIsWhole(planHost(blueprint, host));
      assert.equal(renderHosts(blueprint).size, blueprint.hosts.length);
    }
  });

  it("begin in the second region by following all members of the first, by the slot that the first keeps while it is a primary", () => {
    const { dcs } = patroni(standby, "db-2").bootstrap;
    assert.equal(dcs.standby_cluster?.host, addresses(primary).join(","));
    assert.equal(dcs.standby_cluster.port, primary.database.port);
    for (const blueprint of [primary, standby])
      assert.deepEqual(patroni(blueprint, "db-1").bootstrap.dcs.slots, {
        [dcs.standby_cluster.primary_slot_name]: { type: "physical", cluster_type: "primary" },
      });
    assert.equal(patroni(primary, "db-2").bootstrap.dcs.standby_cluster, undefined);
  });

  it("have members of different names, since PostgreSQL chooses its synchronous standby by them", () => {
    const names = [primary, standby].flatMap((blueprint) => hostsWith(blueprint, "database").map(({ name }) => patroni(blueprint, name).name));
    assert.equal(new Set(names).size, names.length);
    for (const { name } of hostsWith(primary, "database")) assert.equal(patroni(primary, name).name, name);
    const room = JSON.parse(contentOf(plan(standby, "db-1"), "/etc/bundler/room.json")) as { name: string };
    assert.equal(room.name, patroni(standby, "db-1").name);
  });

  it("let the other region's database hosts in for replication and rewind, by address, and nobody else of it", () => {
    for (const [one, other] of [
      [primary, standby],
      [standby, primary],
    ] as const) {
      const foreign = patroni(one, "db-1").postgresql.pg_hba.filter((line) => other.hosts.some(({ address }) => line.includes(`${address}/`)));
      assert.deepEqual(
        foreign.sort(),
        addresses(other)
          .flatMap((address) => [`hostssl replication replicator ${address}/32 scram-sha-256`, `hostssl postgres rewind_user ${address}/32 scram-sha-256`])
          .sort(),
      );
    }
  });

  it("know where to follow from either region, and where to ask and to hear who takes writes", () => {
    const settings = (blueprint: SelfHostedBlueprint): Record<string, unknown> =>
      JSON.parse(contentOf(plan(blueprint, "db-3"), "/etc/bundler/region.json")) as Record<string, unknown>;
    const [here, there] = [settings(primary), settings(standby)];
    assert.deepEqual(here["regions"], ["us-east-1", "us-west-2"]);
    assert.deepEqual(there["regions"], ["us-west-2", "us-east-1"]);
    assert.deepEqual([here["site"], there["site"]], ["primary", "standby"]);
    assert.equal((here["standbyCluster"] as { host: string }).host, addresses(standby).join(","));
    assert.deepEqual(there["standbyCluster"], patroni(standby, "db-1").bootstrap.dcs.standby_cluster);
    assert.deepEqual(
      here["others"],
      addresses(standby).map((address) => `https://${address}:8008`),
    );
    const role = JSON.parse(contentOf(plan(primary, "db-1"), "/etc/bundler/role.json")) as { openMark: string; reader: { url: string } };
    assert.equal(role.openMark, here["openMark"]);
    assert.match(role.reader.url, /\/standby-leader$/);
    assert.ok(plan(primary, "db-1").units.includes("bundler-region.service"));
  });

  it("measure the lag on database hosts, by the settings of who takes writes, and tell both regions", () => {
    for (const blueprint of [primary, standby]) {
      const host = plan(blueprint, "db-1");
      const settings = JSON.parse(contentOf(host, "/etc/bundler/region.json")) as { lag: unknown; regions: string[] };
      const { metric, lookSeconds, looks } = blueprint.pair?.lag ?? {};
      assert.deepEqual(settings.lag, { metric, lookSeconds, looks });
      assert.deepEqual([...settings.regions].sort(), ["us-east-1", "us-west-2"]);
      assert.ok(host.units.includes("bundler-lag.service"));
      const unit = directives(contentOf(host, "/etc/systemd/system/bundler-lag.service"));
      assert.deepEqual(unit["Service.ExecStart"], ["/usr/bin/python3 -B /usr/local/lib/bundler/bundler_lag.py /etc/bundler/region.json"]);
      // It is not who takes writes: the mark of that is the other program's.
      assert.equal(unit["Service.RuntimeDirectory"], undefined);
      assert.deepEqual(unit["Service.User"], ["postgres"]);
    }
  });

  it("read from the standby leader only while there is no primary, and tell edge and workers whether there is one", () => {
    const config = contentOf(plan(standby, "api-1"), "/etc/haproxy/haproxy.cfg").split("\n");
    const primaryBackend = config.slice(config.indexOf("listen postgres-primary"), config.indexOf("listen redis-cache"));
    const servers = primaryBackend.filter((line) => line.startsWith("    server ")).map((line) => line.trim().split(" "));
    assert.deepEqual(
      servers.map((words) => [words[1], words.includes("backup")]),
      [
        ...["db-1", "db-2", "db-3"].map((name) => [name, false]),
        ...["db-1-reader", "db-2-reader", "db-3-reader"].map((name) => [name, true]),
        ["waiting-room", true],
      ],
    );
    const binds = (name: string): string[] => {
      const lines = contentOf(plan(standby, name), "/etc/haproxy/haproxy.cfg").split("\n");
      return lines.slice(lines.indexOf("frontend writer")).filter((line) => line.startsWith("    bind "));
    };
    assert.deepEqual(binds("api-1"), ["    bind 127.0.0.1:8010", `    bind ${hostNamed(standby, "api-1").address}:8010`]);
    assert.deepEqual(binds("worker-1"), ["    bind 127.0.0.1:8010"]);
    const edge = contentOf(plan(standby, "edge-1"), "/etc/haproxy/haproxy.cfg");
    for (const { name, address } of hostsWith(standby, "api")) assert.ok(edge.includes(`server ${name} ${address}:8010`));
  });

  it("hold workers where their region takes no writes, and stop those of one that has handed over", () => {
    const worker = plan(standby, "worker-1");
    for (const process of ["upload-workers", "payment-workers"])
      assert.match(directives(contentOf(worker, `/etc/systemd/system/${process}.service`))["Service.ExecStartPre"]?.[0] ?? "", /127\.0\.0\.1:8010/);
    assert.equal(directives(contentOf(plan(standby, "api-1"), "/etc/systemd/system/upload-api.service"))["Service.ExecStartPre"], undefined);
    assert.match(contentOf(worker, "/etc/systemd/system/bundler-handed-over.service"), /try-restart --no-block .*payment-workers\.service/);
    assert.ok(worker.packages.includes("curl") && worker.units.includes("bundler-handed-over.timer"));
  });

  it("read secrets by the names that both regions share", () => {
    const settings = (blueprint: SelfHostedBlueprint): unknown =>
      (JSON.parse(contentOf(plan(blueprint, "edge-1"), "/etc/bundler/certificate.json")) as { prefix: string }).prefix;
    assert.equal(settings(standby), settings(primary));
  });

  it("have nothing of it where there is one region", () => {
    const one = goodBlueprint();
    const files = one.hosts.flatMap((host) => planHost(one, host).files);
    assert.ok(!files.some(({ path }) => /region|bundler.lag|handed-over/.test(path)));
    assert.ok(!files.some(({ path, content }) => !path.endsWith(".py") && /standby_cluster|openMark|8012|bundler-region/.test(content)));
  });
});
