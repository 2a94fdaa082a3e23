/** Job options that every queue of both services has unless its row says otherwise. */
export const defaultJobOptions = {
  attempts: 3,
  backoff: { type: "exponential", delay: 5_000 },
  removeOnComplete: { count: 1_000, age: 24 * 3_600 },
  removeOnFail: { count: 5_000, age: 7 * 24 * 3_600 },
} as const;

/** A queue: its name in Redis, how many of its jobs one worker process runs at once, and how often a job is tried. */
export interface QueueRow {
  name: string;
  concurrency: number;
  /** Variable that sets the concurrency, where there is one. */
  concurrencyVariable?: string;
  attempts: number;
  /** First wait of the exponential back-off. */
  backoffMilliseconds: number;
  /** At most so many jobs are started in so long, over all workers of the queue. */
  limiter?: { max: number; duration: number };
}

export const usual = { attempts: defaultJobOptions.attempts, backoffMilliseconds: defaultJobOptions.backoff.delay };

/** Retries of ioredis as both services have them: never give up, at most two seconds apart. */
export function retryDelayMilliseconds(times: number): number {
  return Math.min(times * 50, 2_000);
}
