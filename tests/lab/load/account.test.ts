import assert from "node:assert/strict";
import { faultsSince, sum } from "../../../lab/load/account";

describe("what a trial is blamed for", () => {
  const before = { duplicatedEffects: ["upload-seed-bundle a"], failedJobs: { "upload-seed-bundle": 2, "payment-pending-tx": 1 } };

  it("is nothing that an earlier trial left", () => {
    const since = faultsSince(before, before);
    assert.deepEqual(since, { duplicatedEffects: [], failedJobs: {} });
    assert.equal(sum(since.failedJobs), 0);
  });

  it("is every effect and job that came since, by queue", () => {
    const now = {
      duplicatedEffects: [...before.duplicatedEffects, "upload-seed-bundle b"],
      failedJobs: { "upload-seed-bundle": 5, "payment-pending-tx": 1, "upload-plan-bundle": 1 },
    };
    const since = faultsSince(before, now);
    assert.deepEqual(since, { duplicatedEffects: ["upload-seed-bundle b"], failedJobs: { "upload-seed-bundle": 3, "upload-plan-bundle": 1 } });
    assert.equal(sum(since.failedJobs), 4);
  });

  it("is not made less by failed jobs of another queue that somebody has cleaned away meanwhile", () => {
    const now = { duplicatedEffects: [], failedJobs: { "upload-plan-bundle": 1 } };
    assert.deepEqual(faultsSince(before, now).failedJobs, { "upload-plan-bundle": 1 });
  });
});
