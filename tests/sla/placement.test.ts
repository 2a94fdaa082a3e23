import assert from "node:assert/strict";
import { hostFault, partsOf, zoneFault, type Part, type PartName } from "../../sla/placement";
import { goodBlueprint, level2Overrides, managedBlueprint, minioOverrides } from "../fixtures/good";

function part(parts: readonly Part[], name: PartName): Part {
  const found = parts.find((one) => one.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

describe("parts and where they stand", () => {
  it("of own hosts are their hosts, with what each needs", () => {
    const needs = (overrides: Record<string, unknown>): Record<string, string> =>
      Object.fromEntries(partsOf(goodBlueprint(overrides)).map(({ name, zones, needed }) => [name, `${String(needed)} of ${String(zones.length)}`]));
    assert.deepEqual(needs({}), { api: "1 of 2", worker: "1 of 2", edge: "1 of 2", database: "1 of 3", cache: "2 of 3", queues: "2 of 3" });
    assert.deepEqual([needs(level2Overrides)["api"], needs(level2Overrides)["worker"]], ["3 of 6", "1 of 3"]);
    assert.equal(needs({ redisHosts: 5 })["queues"], "3 of 5");
  });

  it("of managed services are the machines that AWS was asked for, over the zones", () => {
    const level2 = partsOf(managedBlueprint({ level: 2 }));
    assert.deepEqual(part(level2, "database").zones, ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.equal(part(level2, "queues").zones.length, 2);
    assert.equal(part(partsOf(managedBlueprint()), "database").zones.length, 2);
    assert.equal(part(partsOf(managedBlueprint({ managedDatabase: "rdsCluster", databaseInstanceClass: "db.m6gd.large" })), "database").zones.length, 3);
    assert.ok(!level2.some(({ name }) => name === "edge" || name === "objects"), "a load balancer and S3 are services");
  });

  // The audit's erasure table (§4): hosts × drives, EC:n, hosts that may be lost and writes go on.
  for (const [hosts, drivesPerHost, parity, mayBeLost] of [
    [4, 4, 4, 1],
    [4, 4, 8, 1],
    [6, 2, 4, 2],
    [8, 2, 4, 2],
  ] as const)
    it(`MinIO of ${String(hosts)} × ${String(drivesPerHost)}, EC:${String(parity)} goes on without ${String(mayBeLost)} hosts`, () => {
      const blueprint = goodBlueprint(minioOverrides);
      const { minio } = blueprint.objects;
      const [host] = blueprint.hosts.filter(({ role }) => role === "objects");
      assert.ok(minio !== null && host !== undefined);
      const objects = part(
        partsOf({
          ...blueprint,
          hosts: Array.from({ length: hosts }, (_, index) => ({ ...host, zone: `zone-${String(index % 3)}` })),
          objects: { ...blueprint.objects, minio: { ...minio, drivesPerHost, parity } },
        }),
        "objects",
      );
      assert.equal(hosts - objects.needed, mayBeLost);
      assert.equal(zoneFault(objects) === undefined, hosts === 6, "of these only six hosts over three zones outlive a zone");
    });

  it("say which zone is too much, and that one host is", () => {
    assert.equal(hostFault({ name: "api", zones: ["a", "b"], needed: 1 }), undefined);
    assert.match(hostFault({ name: "api", zones: ["a"], needed: 1 }) ?? "", /^api: 1 machines, of which 1 are needed/);
    assert.match(zoneFault({ name: "queues", zones: ["a", "a", "b"], needed: 2 }) ?? "", /^queues: without zone a 1 of 3 machines are left, needed 2/);
    assert.equal(zoneFault({ name: "database", zones: ["a", "b", "c"], needed: 1, paired: true }), undefined);
    assert.match(zoneFault({ name: "database", zones: ["a", "b", "b"], needed: 1, paired: true }) ?? "", /both be in zone b/);
  });
});
