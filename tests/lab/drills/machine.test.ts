import assert from "node:assert/strict";
import { idleShare, untilIdle } from "../../../lab/drills/machine";
import { defaultRates, ratesFor } from "../../../lab/load/plan";

describe("the machine under a drill", () => {
  it("is idle by a share of its CPU", async () => {
    const share = await idleShare(200);
    assert.ok(share >= 0 && share <= 1, String(share));
  });

  it("is refused when it is busier than it may be, with how busy it is", async function () {
    this.timeout(20_000);
    // Nobody has more than all of it idle.
    await assert.rejects(untilIdle(1.5, 0), /too busy to measure on: \d+ % of its CPU idle before anything fails, needed 150 %/);
  });

  it("carries all clients, fewer uploads, or half of the rest too, by how much of it is idle without them", () => {
    assert.deepEqual(ratesFor(0.75), defaultRates);
    assert.deepEqual(ratesFor(0.74), { ...defaultRates, upload: 1.25 });
    assert.deepEqual(ratesFor(0.49), { info: 10, balance: 5, topUp: 5, upload: 1.25 });
    assert.deepEqual(ratesFor(0.39), { info: 4, balance: 2, topUp: 2, upload: 1 });
  });
});
