import type { RedisOptions } from "ioredis";
import { integer, value } from "../../../common/environment";
import { retryDelayMilliseconds } from "../../../common/jobOptions";

/** Options, not a client: every queue and every worker of payments opens connections of its own. */
export function queueConnection(): RedisOptions {
  return {
    host: value("REDIS_QUEUE_HOST") ?? "localhost",
    // The application's own default, which is not the port that its queues have.
    port: integer("REDIS_QUEUE_PORT", 6380),
    maxRetriesPerRequest: null,
    retryStrategy: retryDelayMilliseconds,
  };
}
