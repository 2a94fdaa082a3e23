import assert from "node:assert/strict";
import { plannedShare, reservedConnections, smallestPool } from "../../config/connections";
import { goodBlueprint, goodSettings, minioOverrides, nlbOverrides } from "../fixtures/good";

/** Paths of plain values that differ. */
function changes(before: unknown, after: unknown, path = ""): string[] {
  if (typeof before === "object" && before !== null && typeof after === "object" && after !== null) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      changes((before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return Object.is(before, after) ? [] : [path];
}

describe("the blueprint of level 1", () => {
  it("is plain data, and the same for the same settings", () => {
    const blueprint = goodBlueprint();
    assert.deepEqual(JSON.parse(JSON.stringify(blueprint)), blueprint);
    assert.deepEqual(goodBlueprint(), blueprint);
  });

  const single: { change: Record<string, unknown>; dependent: string[] }[] = [
    { change: { patroniTtlSeconds: 30 }, dependent: ["database.patroni.ttlSeconds"] },
    { change: { patroniLoopWaitSeconds: 2 }, dependent: ["database.patroni.loopWaitSeconds", "database.witness.renewalOverdueSeconds"] },
    { change: { witnessVerdictMilliseconds: 2000 }, dependent: ["database.witness.verdictMilliseconds"] },
    { change: { redisDownAfterMilliseconds: 2000 }, dependent: ["redis.sentinel.downAfterMilliseconds"] },
    { change: { redisMinReplicasMaxLagSeconds: 1 }, dependent: ["redis.minReplicasMaxLagSeconds"] },
    { change: { vrrpAdvertSeconds: 0.5 }, dependent: ["edge.vrrp.advertSeconds"] },
    { change: { secretRecoveryWindowDays: 30 }, dependent: ["secrets.recoveryWindowDays"] },
    { change: { deletionProtection: false }, dependent: ["deletionProtection", "edge.deletionProtection"] },
    {
      change: { databaseMaxConnections: 300 },
      dependent: ["processes.2.environment.PG_MAX_CONNECTIONS", "database.parameters.max_connections", "database.maxConnections", "proxy.poolSizePerDatabase"],
    },
    {
      change: { databaseVolumeGib: 200 },
      dependent: [...[6, 7, 8].map((host) => `hosts.${host}.volumes.0.sizeGib`), "database.parameters.max_slot_wal_keep_size"],
    },
  ];
  for (const { change, dependent } of single)
    it(`changes with ${JSON.stringify(change)} in exactly what depends on it`, () => {
      assert.deepEqual(changes(goodBlueprint(), goodBlueprint(change)).sort(), [...dependent].sort());
    });

  it("has timings that fit each other", () => {
    const { database, edge, proxy, singleton } = goodBlueprint();
    const { patroni, witness } = database;
    assert.ok(patroni.loopWaitSeconds + 2 * patroni.retryTimeoutSeconds <= patroni.ttlSeconds);
    assert.ok(witness.verdictMilliseconds < patroni.ttlSeconds * 1000);
    assert.ok(witness.probeIntervalMilliseconds * 4 <= witness.verdictMilliseconds);
    // A request that waits for the database is answered, not cut by the edge.
    assert.ok(proxy.queryWaitTimeoutSeconds > patroni.ttlSeconds + patroni.loopWaitSeconds);
    assert.ok(Math.min(edge.http.uploadServerSeconds, edge.http.paymentServerSeconds) > proxy.queryWaitTimeoutSeconds);
    assert.ok(singleton.renewSeconds * 3 <= singleton.leaseSeconds);
  });

  it("has quorums that are majorities", () => {
    for (const redisHosts of [3, 5, 7]) {
      const { redis, database } = goodBlueprint({ redisHosts });
      assert.equal(redis.sentinel.quorum, (redisHosts + 1) / 2);
      assert.equal(database.witness.quorum, (redisHosts + 1) / 2);
    }
  });

  it("keeps every pool together within the planned share of max_connections", () => {
    for (const overrides of [{}, { apiHosts: 4, workerHosts: 3, databaseMaxConnections: 400 }, { databaseMaxConnections: 105 }]) {
      const { proxy, database } = goodBlueprint(overrides);
      const { apiHosts, workerHosts } = goodSettings(overrides);
      const pools = (apiHosts + workerHosts) * database.databases.length * proxy.poolSizePerDatabase;
      assert.ok(pools + reservedConnections <= plannedShare * database.maxConnections);
      assert.ok(proxy.poolSizePerDatabase >= smallestPool);
    }
  });

  it("lets PgBouncer take every connection that a host's processes can open", () => {
    // app-contract §3.4: payment-service 4 pools of 8, upload-api 2 of 8, dashboard 2 of 3; workers 8 of 8 and 6 of 8.
    assert.ok(goodBlueprint().proxy.maxClientConnections >= Math.max(4 * 8 + 2 * 8 + 2 * 3, 8 * 8 + 6 * 8));
  });

  it("names buckets for the domain, within S3's 63 characters, also for the longest domain", () => {
    const longest = `${"a".repeat(41)}.com`;
    for (const bucket of goodBlueprint({ domain: longest }).objects.buckets) assert.match(bucket.name, /^[a-z0-9-]{3,63}$/);
  });

  it("has one queue instance that never evicts", () => {
    const policies = goodBlueprint().redis.instances.map(({ name, port, maxmemoryPolicy }) => [name, port, maxmemoryPolicy]);
    assert.deepEqual(policies, [
      ["cache", 6379, "allkeys-lru"],
      ["queues", 6381, "noeviction"],
    ]);
  });

  it("holds MinIO's layout, and a loopback port for it, only with MinIO", () => {
    assert.equal(goodBlueprint().objects.minio, null);
    assert.equal(goodBlueprint().proxy.objectsPort, null);
    const { objects, proxy } = goodBlueprint(minioOverrides);
    assert.deepEqual([objects.minio?.drivesPerHost, objects.minio?.parity, proxy.objectsPort], [2, 4, 9000]);
  });

  it("takes the edge and its certificate from config", () => {
    assert.equal(goodBlueprint(nlbOverrides).edge.kind, "nlb");
    assert.deepEqual(goodBlueprint().edge.certificate, { source: "secret" });
    assert.deepEqual(goodBlueprint({ certificate: "acme", acmeEmail: "ops@example.com" }).edge.certificate, {
      source: "acme",
      email: "ops@example.com",
      directoryUrl: "https://acme-v02.api.letsencrypt.org/directory",
    });
  });

  it("writes digests in lower case, as sha256sum prints them", () => {
    assert.equal(goodBlueprint({ releaseSha256: "A".repeat(64) }).artifacts.release.sha256, "a".repeat(64));
  });
});
