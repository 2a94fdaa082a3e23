import assert from "node:assert/strict";
import { lossWindowSeconds, recoveryBound, type Failure } from "../../sla/recovery";
import { goodBlueprint } from "../fixtures/good";

const bound = (failure: Failure, changes: Record<string, unknown> = {}): number => recoveryBound(goodBlueprint(changes), failure).seconds;

describe("recovery bounds", () => {
  const promised: [Failure, number][] = [
    ["database-primary-host-lost", 6],
    ["database-primary-frozen", 15],
    ["postgres-killed", 8],
    ["patroni-killed", 1],
    ["database-standby-lost", 10],
    ["etcd-quorum-lost", 1],
    ["redis-master-host-lost", 4],
    ["redis-restarted", 4],
    ["edge-host-lost", 1.5],
    ["haproxy-killed", 2.5],
    ["payment-workers-host-lost", 60],
    ["zone-lost", 60],
  ];
  for (const [failure, seconds] of promised) {
    it(`${failure}: at most ${String(seconds)} s with the settings of level 1`, () => {
      assert.ok(bound(failure) <= seconds, `${String(bound(failure))} s`);
    });
  }

  it("are the sum of their waits, each of which takes time or says why it takes none", () => {
    const { seconds, waits } = recoveryBound(goodBlueprint(), "database-primary-host-lost");
    assert.ok(Math.abs(waits.reduce((sum, wait) => sum + wait.seconds, 0) - seconds) < 0.01);
    assert.ok(waits.every((wait) => wait.seconds >= 0 && wait.what.length > 5));
  });

  it("move with the setting that they rest on, and with no other", () => {
    const base = bound("database-primary-host-lost");
    assert.ok(Math.abs(bound("database-primary-host-lost", { witnessVerdictMilliseconds: 2500 }) - base - 1) < 0.01);
    assert.equal(bound("database-primary-host-lost", { patroniTtlSeconds: 30 }), base);
    assert.equal(bound("database-primary-host-lost-without-witnesses", { patroniTtlSeconds: 30 }), bound("database-primary-host-lost-without-witnesses") + 10);
    assert.equal(bound("edge-host-lost", { redisDownAfterMilliseconds: 3000 }), bound("edge-host-lost"));
  });

  it("let a deposed Redis master lose what it takes until max-lag, and no more", () => {
    const window = (seconds: number): number => lossWindowSeconds(goodBlueprint({ redisMinReplicasMaxLagSeconds: seconds }));
    assert.equal(window(5) - window(2), 3);
  });
});
