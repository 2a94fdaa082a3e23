import assert from "node:assert/strict";
import { drills } from "../../lab/drills";
import { readEvidence } from "../../policies/evidence";
import { managedDrills } from "../../lab/managed/failures";
import { drillsOf, measuredOf, type Evidence } from "../../sla/evidence";
import { looseBounds } from "../../sla/looseBounds";
import { nameFollowed } from "../../sla/managed";
import { boundOf, recoveryBound } from "../../sla/recovery";
import { goodBlueprint, managedBlueprint, minioOverrides } from "../fixtures/good";

/** Planned work of Auto Scaling: no failure, and its bound is the hook's own. */
const noFailures = ["scale-in"];

/** The bound that a drill is about; with managed services from the change of the name, before which is AWS's word. */
function boundSeconds({ hosting, drill }: Evidence): number | undefined {
  if (hosting === "managed") return noFailures.includes(drill) ? undefined : boundOf(nameFollowed(managedBlueprint().internalZone.ttlSeconds)).seconds;
  const found = drills.find(({ name }) => name === drill);
  assert.ok(found !== undefined, `${drill}: recorded, and no drill of this name is there`);
  return recoveryBound(goodBlueprint(found.objects === "minio" ? minioOverrides : {}), found.failure).seconds;
}

describe("drills as evidence", () => {
  for (const one of readEvidence()) {
    const bound = boundSeconds(one);
    if (bound === undefined) continue;
    it(`${one.drill} (${one.hosting}): measured ${String(one.worstSeconds)} s ≤ ${String(bound)} s, and not far below or for a reason`, () => {
      assert.ok(one.worstSeconds <= bound, "measured longer than promised");
      assert.ok(bound <= 2 * one.worstSeconds || one.drill in looseBounds, "more than twice what was measured: tighten it, or say why in sla/looseBounds.ts");
    });

    it(`${one.drill} (${one.hosting}): lost nothing that it may not lose`, () => {
      assert.equal(one.lost, 0);
    });
  }

  it("stand for failures by the names that the drills have themselves", () => {
    for (const { name, failure } of drills) assert.ok(drillsOf("selfHosted", failure).includes(name), `${name}: not a drill of ${failure}`);
    const mapped = ["database-primary-host-lost", "redis-master-host-lost"].flatMap((failure) => drillsOf("managed", failure));
    assert.deepEqual([...mapped, ...noFailures].sort(), managedDrills.map(({ name }) => name).sort());
  });

  it("give reasons for drills that exist only", () => {
    const names = [...drills, ...managedDrills].map(({ name }) => name);
    assert.deepEqual(
      Object.keys(looseBounds).filter((name) => !names.includes(name)),
      [],
    );
  });

  it("are put together for a failure: the worst of all, the last date, every trial", () => {
    const one: Evidence = { hosting: "selfHosted", drill: "cache-redis-killed", trials: 2, worstSeconds: 1, broken: 0, lost: 0, date: "2026-01-02" };
    const all: Evidence[] = [
      one,
      { ...one, drill: "queues-redis-killed", trials: 3, worstSeconds: 4, broken: 1, date: "2026-01-01" },
      { ...one, hosting: "managed" },
    ];
    assert.deepEqual(measuredOf(all, "selfHosted", "redis-restarted"), {
      drills: ["cache-redis-killed", "queues-redis-killed"],
      trials: 5,
      broken: 1,
      worstSeconds: 4,
      lost: 0,
      date: "2026-01-02",
      of: "whole",
    });
    assert.equal(measuredOf(all, "selfHosted", "zone-lost"), null);
    assert.equal(measuredOf(all, "selfHosted", "no-such-failure"), null);
  });
});
