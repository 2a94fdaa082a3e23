import assert from "node:assert/strict";
import { defaultJobOptions, retryDelayMilliseconds, type QueueRow } from "../../../lab/app/packages/common/jobOptions";
import { paymentQueues } from "../../../lab/app/packages/payment-service/src/queues/table";
import { jobLabels } from "../../../lab/app/packages/upload-service/src/arch/queues/labels";
import { uploadQueues } from "../../../lab/app/packages/upload-service/src/arch/queues/table";

/** Name, concurrency and its variable, attempts, first back-off in ms, limiter (app-contract §7.1). */
const contract: [string, number, string | undefined, number, number, string?][] = [
  ["upload-new-data-item", 5, undefined, 3, 5_000],
  ["upload-plan-bundle", 1, "PLAN_WORKER_CONCURRENCY", 3, 5_000],
  ["upload-prepare-bundle", 3, "PREPARE_WORKER_CONCURRENCY", 3, 5_000],
  ["upload-post-bundle", 2, "POST_WORKER_CONCURRENCY", 3, 5_000],
  ["upload-seed-bundle", 2, undefined, 3, 5_000],
  ["upload-broadcast-chunks", 10, "BROADCAST_CHUNKS_WORKER_CONCURRENCY", 3, 5_000],
  ["upload-verify-bundle", 3, "VERIFY_WORKER_CONCURRENCY", 3, 5_000],
  ["upload-optical-post", 5, "OPTICAL_WORKER_CONCURRENCY", 5, 15_000, "50/1000"],
  ["upload-put-offsets", 5, undefined, 3, 5_000],
  ["upload-unbundle-bdi", 2, undefined, 3, 5_000],
  ["upload-finalize-upload", 3, undefined, 3, 5_000],
  ["upload-cleanup-fs", 1, undefined, 3, 5_000],
  ["upload-redrive-posted", 1, undefined, 3, 5_000],
  ["upload-refund-balance", 3, undefined, 50, 30_000],
  ["upload-archive-copy", 3, "ARCHIVE_COPY_WORKER_CONCURRENCY", 3, 5_000],
  ["upload-ensure-partitions", 1, undefined, 3, 5_000],
  ["payment-pending-tx", 1, "WORKER_CONCURRENCY_PENDING_TX", 3, 5_000, "10/60000"],
  ["payment-admin-credit", 2, "WORKER_CONCURRENCY_ADMIN_CREDIT", 5, 5_000, "10/60000"],
  ["payment-arns-refund", 3, "WORKER_CONCURRENCY_ARNS_REFUND", 10, 5_000],
];

describe("the workload's queues", () => {
  it("are the application's nineteen, with its numbers", () => {
    const rows: QueueRow[] = [...Object.values(uploadQueues), ...Object.values(paymentQueues)];
    const shown = rows.map(({ name, concurrency, concurrencyVariable, attempts, backoffMilliseconds, limiter }) => [
      name,
      concurrency,
      concurrencyVariable,
      attempts,
      backoffMilliseconds,
      ...(limiter === undefined ? [] : [`${limiter.max}/${limiter.duration}`]),
    ]);
    assert.deepEqual(shown, contract);
    assert.equal(rows.length, 19);
  });

  it("keep a thousand finished jobs for a day and five thousand failed ones for a week", () => {
    assert.deepEqual(defaultJobOptions, {
      attempts: 3,
      backoff: { type: "exponential", delay: 5_000 },
      removeOnComplete: { count: 1_000, age: 86_400 },
      removeOnFail: { count: 5_000, age: 604_800 },
    });
  });

  it("name their jobs as the platform's timer does", () => {
    assert.equal(jobLabels.verifyBundle, "verify-bundle");
    assert.deepEqual(
      Object.values(jobLabels).map((label) => uploadQueues[label].name),
      Object.values(jobLabels).map((label) => `upload-${label}`),
    );
  });

  it("come back to Redis at most two seconds apart, for ever", () => {
    assert.deepEqual([1, 10, 100, 1e6].map(retryDelayMilliseconds), [50, 500, 2_000, 2_000]);
  });
});
