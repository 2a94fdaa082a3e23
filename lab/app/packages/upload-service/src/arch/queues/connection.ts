import { Redis } from "ioredis";
import { integer, value } from "../../../../common/environment";
import { retryDelayMilliseconds } from "../../../../common/jobOptions";

let shared: Redis | undefined;

/**
 * The one client of all queues and workers of uploads; BullMQ duplicates it where it blocks. A command waits for Redis
 * however long it takes, and so does an upload that enqueues.
 */
export function queueConnection(): Redis {
  shared ??= new Redis({
    host: value("REDIS_HOST") ?? "localhost",
    port: integer("REDIS_PORT_QUEUES", 6381),
    maxRetriesPerRequest: null,
    retryStrategy: retryDelayMilliseconds,
  });
  return shared;
}
