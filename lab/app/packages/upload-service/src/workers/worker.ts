import { Worker, type Job } from "bullmq";
import { integer } from "../../../common/environment";
import type { QueueRow } from "../../../common/jobOptions";
import { log, reason } from "../../../common/log";
import type { Messages } from "../arch/messages";
import { queueConnection } from "../arch/queues/connection";
import type { JobLabel } from "../arch/queues/labels";
import { uploadQueues } from "../arch/queues/table";

/** A worker of one queue on the shared connection, with BullMQ's lock and stall settings. */
export function makeWorker<Label extends JobLabel>(label: Label, work: (job: Job<Messages[Label]>) => Promise<void>): Worker {
  const row = uploadQueues[label];
  const limiter = limiterOf(row);
  const worker = new Worker<Messages[Label]>(row.name, work, {
    connection: queueConnection(),
    concurrency: row.concurrencyVariable === undefined ? row.concurrency : integer(row.concurrencyVariable, row.concurrency),
    ...(limiter === undefined ? {} : { limiter }),
  });
  worker.on("active", (job) => {
    log("info", "job started", { queue: row.name, jobId: job.id, attempt: job.attemptsStarted });
  });
  worker.on("failed", (job, fault) => {
    log("error", "job failed", { queue: row.name, jobId: job?.id, attemptsMade: job?.attemptsMade, error: fault.message });
  });
  worker.on("error", (fault) => {
    log("error", "worker error", { queue: row.name, error: reason(fault) });
  });
  return worker;
}

/** The one limiter that there is may be changed, and 0 ends it. */
function limiterOf({ limiter }: QueueRow): QueueRow["limiter"] {
  if (limiter === undefined) return undefined;
  const max = integer("OPTICAL_POST_RATE_MAX", limiter.max);
  return max > 0 ? { max, duration: Math.max(1, integer("OPTICAL_POST_RATE_DURATION_MS", limiter.duration)) } : undefined;
}
