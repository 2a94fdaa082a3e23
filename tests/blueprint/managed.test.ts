import assert from "node:assert/strict";
import { listenerRules } from "../../blueprint/managed/listenerRules";
import { routes, serviceFor } from "../../blueprint/routes";
import type { Service } from "../../blueprint/types";
import { managedBlueprint } from "../fixtures/good";

/** What a load balancer does with a path: the first rule that has a match, or its default. */
function balanced(path: string): Service {
  const { rules, otherwise } = listenerRules(routes);
  const found = [...rules].sort((one, other) => one.priority - other.priority).find(({ regexes }) => regexes.some((regex) => new RegExp(regex).test(path)));
  return found?.service ?? otherwise;
}

describe("the load balancer's rules", () => {
  const paths = routes.flatMap(({ path }) => [
    path,
    `${path}x/y`,
    path.toUpperCase(),
    path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
    path.slice(0, -1) || "/",
  ]);
  const others = ["/", "/info", "/v1/tx", "/v1/price", "/v1/x402", "/v1/metric", "/ar-io/info", "/v1/tx/abc/status", "/x/metrics"];

  it("send every path where the route table says, in every spelling", () => {
    for (const path of [...paths, ...others]) assert.equal(balanced(path), serviceFor(path), path);
  });

  it("refuse a path that spells a letter by its code, and no other code", () => {
    for (const path of ["/%6detrics", "/v1%2Freserve-balance", "/v1/x402%2ffinalize", "/%4Detrics"]) assert.equal(balanced(path), "deny", path);
    for (const path of ["/v1/tx/a%20b", "/v1/tx/%C3%A9"]) assert.equal(balanced(path), "upload", path);
  });

  it("keep AWS's limits: 128 characters an expression, 3 a condition, 100 rules, no priority twice", () => {
    const { rules } = listenerRules(routes);
    assert.ok(rules.length <= 100);
    assert.equal(new Set(rules.map(({ priority }) => priority)).size, rules.length);
    for (const { regexes } of rules) {
      assert.ok(regexes.length <= 3);
      for (const regex of regexes) assert.ok(regex.length <= 128, regex);
    }
  });

  it("are refused for a table without a default", () => {
    assert.throws(() => listenerRules(routes.slice(0, -1)), /last row is not the default/);
  });
});

describe("a managed blueprint", () => {
  it("has groups instead of hosts, of which exactly the worker's may run payment-workers", () => {
    const { hosts, groups } = managedBlueprint({ level: 2 });
    assert.deepEqual(hosts, []);
    assert.deepEqual(
      groups.map(({ name, minimum, maximum }) => [name, minimum, maximum]),
      [
        ["api", 6, 12],
        ["worker", 3, 6],
      ],
    );
    assert.deepEqual(
      groups.filter(({ processes }) => processes.includes("payment-workers")).map(({ name }) => name),
      ["worker"],
    );
  });

  it("lets a machine drain for as long as its longest job may take, and no load balancer cut a request that waits for the database", () => {
    const { groups, edge, proxy, processes } = managedBlueprint();
    for (const group of groups)
      for (const process of processes.filter(({ name }) => group.processes.includes(name))) assert.ok(group.drainSeconds >= process.stopSeconds);
    assert.ok(edge.idleSeconds > proxy.queryWaitTimeoutSeconds);
  });

  it("scales above level 1 only: the CPU of both groups, and the backlog of workers", () => {
    assert.deepEqual(
      managedBlueprint().groups.map(({ scaling }) => scaling),
      [null, null],
    );
    const [api, worker] = managedBlueprint({ level: 2 }).groups;
    assert.equal(api?.scaling?.backlogPerMachine, null);
    assert.ok((worker?.scaling?.backlogPerMachine ?? 0) > 0);
  });

  it("is an RDS instance with a standby at level 1 and Aurora in every zone at level 2, the first zone's the first writer", () => {
    assert.equal(managedBlueprint().database.kind, "rdsInstance");
    const { database } = managedBlueprint({ level: 2 });
    assert.equal(database.kind, "aurora");
    assert.deepEqual(
      database.members.map(({ zone }) => zone),
      ["us-east-1a", "us-east-1b", "us-east-1c"],
    );
  });

  it("encrypts to the database though the application cannot, and evicts nothing from the queues", () => {
    const { database, redis } = managedBlueprint();
    assert.equal(database.parameters["rds.force_ssl"], "1");
    assert.equal(redis.instances.find(({ name }) => name === "queues")?.maxmemoryPolicy, "noeviction");
  });

  it("keeps every pool of the largest groups within the connections", () => {
    const { proxy, groups, database } = managedBlueprint({ level: 2 });
    const machines = groups.reduce((sum, { maximum }) => sum + maximum, 0);
    assert.ok(machines * proxy.poolSizePerDatabase * database.databases.length <= database.maxConnections);
  });
});
