import type { DataProxy } from "../../../blueprint/types";

/** The backend that PgBouncer's connections go through. */
export const primaryBackend = "postgres-primary";

/** Backend of a Redis. */
export const redisBackend = (name: string): string => `redis-${name}`;

/**
 * A new connection waits for the next leader: it goes to a closed port until there is one again. Each try chooses anew (redispatch).
 * PgBouncer refuses every client from its first failed login to the next good one, so it must not see one fail. The admin's cache
 * client gives up for ever after three refused connections, 0.6 s; the clients of the queues come again only every second or two.
 */
export function waiting({ serverConnectTimeoutSeconds, leaderTryMilliseconds }: DataProxy): { settings: string[]; server: string } {
  const tries = Math.ceil((serverConnectTimeoutSeconds * 1000) / leaderTryMilliseconds);
  return {
    settings: ["    option redispatch 1", `    timeout connect ${String(leaderTryMilliseconds)}ms`, `    retries ${String(tries)}`],
    server: "    server waiting-room 127.0.0.1:1 backup no-check",
  };
}
