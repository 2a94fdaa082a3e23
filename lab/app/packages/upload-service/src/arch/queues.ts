import type { JobsOptions } from "bullmq";
import { integer } from "../../../common/environment";
import type { Messages } from "./messages";
import { getQueue } from "./queues/config";
import type { JobLabel } from "./queues/labels";
import { uploadQueues } from "./queues/table";

/** How often a job is tried, and how long apart. */
function optionsFor(label: JobLabel): JobsOptions {
  const { attempts, backoffMilliseconds: delay } = uploadQueues[label];
  if (label !== "optical-post") return { attempts, backoff: { type: "exponential", delay } };
  return {
    attempts: integer("OPTICAL_POST_ATTEMPTS", attempts),
    backoff: { type: "exponential", delay: integer("OPTICAL_POST_BACKOFF_MS", delay) },
  };
}

/** Puts a job into its queue. While Redis is away this waits, without an end. */
export async function enqueue<Label extends JobLabel>(label: Label, message: Messages[Label], options: { delay?: number } = {}): Promise<void> {
  await getQueue(label).add(label, message, { ...optionsFor(label), ...options });
}

/** Puts many jobs of a kind into their queue at once. */
export async function enqueueBatch<Label extends JobLabel>(label: Label, messages: readonly Messages[Label][]): Promise<void> {
  if (messages.length === 0) return;
  const opts = optionsFor(label);
  await getQueue(label).addBulk(messages.map((data) => ({ name: label, data, opts })));
}

/** Has a job made by a cron pattern (5 or 6 fields), once a tick in the whole platform; an empty pattern ends that. */
export async function upsertRepeatable<Label extends JobLabel>(label: Label, id: string, pattern: string, data: Messages[Label]): Promise<void> {
  const queue = getQueue(label);
  if (pattern.trim() === "") await queue.removeJobScheduler(id);
  else await queue.upsertJobScheduler(id, { pattern: pattern.trim() }, { name: label, data });
}
