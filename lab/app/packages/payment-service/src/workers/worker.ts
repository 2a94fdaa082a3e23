import { Worker, type Job } from "bullmq";
import { integer } from "../../../common/environment";
import type { QueueRow } from "../../../common/jobOptions";
import { log, reason } from "../../../common/log";
import { queueConnection } from "../queues/connection";

/** A worker of one queue, with connections of its own and BullMQ's lock and stall settings. */
export function makeWorker<T>(row: QueueRow, work: (job: Job<T>) => Promise<void>): Worker<T> {
  const worker = new Worker<T>(row.name, work, {
    connection: queueConnection(),
    concurrency: row.concurrencyVariable === undefined ? row.concurrency : integer(row.concurrencyVariable, row.concurrency),
    ...(row.limiter === undefined ? {} : { limiter: row.limiter }),
  });
  worker.on("failed", (job, fault) => {
    log("error", "job failed", { queue: row.name, jobId: job?.id, attemptsMade: job?.attemptsMade, error: fault.message });
  });
  worker.on("error", (fault) => {
    log("error", "worker error", { queue: row.name, error: reason(fault) });
  });
  return worker;
}
