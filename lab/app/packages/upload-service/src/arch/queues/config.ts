import { Queue } from "bullmq";
import { defaultJobOptions } from "../../../../common/jobOptions";
import { queueConnection } from "./connection";
import type { JobLabel } from "./labels";
import { uploadQueues } from "./table";

const queues = new Map<JobLabel, Queue>();

/** The queue of a job; the dashboard asks for them too. */
export function getQueue(label: JobLabel): Queue {
  const known = queues.get(label) ?? new Queue(uploadQueues[label].name, { connection: queueConnection(), defaultJobOptions });
  queues.set(label, known);
  return known;
}
