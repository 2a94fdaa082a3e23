import { usual, type QueueRow } from "../../../../common/jobOptions";
import type { JobLabel } from "./labels";

function row(label: JobLabel, concurrency: number, more: Partial<QueueRow> = {}): QueueRow {
  return { name: `upload-${label}`, concurrency, ...usual, ...more };
}

/** The sixteen queues of uploads. */
export const uploadQueues: Record<JobLabel, QueueRow> = {
  "new-data-item": row("new-data-item", 5),
  // Of one process; that the platform plans one bundle at a time is kept in Redis.
  "plan-bundle": row("plan-bundle", 1, { concurrencyVariable: "PLAN_WORKER_CONCURRENCY" }),
  "prepare-bundle": row("prepare-bundle", 3, { concurrencyVariable: "PREPARE_WORKER_CONCURRENCY" }),
  "post-bundle": row("post-bundle", 2, { concurrencyVariable: "POST_WORKER_CONCURRENCY" }),
  "seed-bundle": row("seed-bundle", 2),
  "broadcast-chunks": row("broadcast-chunks", 10, { concurrencyVariable: "BROADCAST_CHUNKS_WORKER_CONCURRENCY" }),
  "verify-bundle": row("verify-bundle", 3, { concurrencyVariable: "VERIFY_WORKER_CONCURRENCY" }),
  "optical-post": row("optical-post", 5, {
    concurrencyVariable: "OPTICAL_WORKER_CONCURRENCY",
    attempts: 5,
    backoffMilliseconds: 15_000,
    limiter: { max: 50, duration: 1_000 },
  }),
  "put-offsets": row("put-offsets", 5),
  "unbundle-bdi": row("unbundle-bdi", 2),
  "finalize-upload": row("finalize-upload", 3),
  "cleanup-fs": row("cleanup-fs", 1),
  "redrive-posted": row("redrive-posted", 1),
  // Many hours of tries: a wallet gets its money back also after a long outage.
  "refund-balance": row("refund-balance", 3, { attempts: 50, backoffMilliseconds: 30_000 }),
  "archive-copy": row("archive-copy", 3, { concurrencyVariable: "ARCHIVE_COPY_WORKER_CONCURRENCY" }),
  "ensure-partitions": row("ensure-partitions", 1),
};
