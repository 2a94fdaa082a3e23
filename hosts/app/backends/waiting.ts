import type { DataProxy } from "../../../blueprint/types";

/** The backend that PgBouncer's connections go through. */
export const primaryBackend = "postgres-primary";

/** Backend of a Redis. */
export const redisBackend = (name: string): string => `redis-${name}`;

/** A backend of which one server is up, the leader, and whose clients wait for it. */
export function leaderBackend(proxy: DataProxy, name: string, port: number, lines: readonly string[]): string[] {
  const wait = waiting(proxy);
  return [`listen ${name}`, `    bind 127.0.0.1:${String(port)}`, ...wait.settings, ...lines, wait.server, ""];
}

/** The backend of a Redis: its leader is the server whose `info replication` is as expected. */
export function redisLeader(proxy: DataProxy, name: "cache" | "queues", expected: string, servers: readonly string[]): string[] {
  return leaderBackend(proxy, redisBackend(name), { cache: proxy.cachePort, queues: proxy.queuesPort }[name], [
    "    option tcp-check",
    // From the environment: the file holds no secret.
    ...(name === "cache" ? ['    tcp-check send "AUTH ${REDIS_CACHE_PASSWORD}\\r\\n"', "    tcp-check expect string +OK"] : []),
    // With its QUIT at once: on an answer that does not match, HAProxy would wait for more until the check's timeout.
    '    tcp-check send "info replication\\r\\nQUIT\\r\\n"',
    `    tcp-check expect ${expected}`,
    ...servers,
  ]);
}

/**
 * A new connection waits for the next leader: it goes to a closed port until there is one again. Each try chooses anew (redispatch).
 * PgBouncer refuses every client from its first failed login to the next good one, so it must not see one fail. The admin's cache
 * client gives up for ever after three refused connections, 0.6 s; the clients of the queues come again only every second or two.
 */
function waiting({ serverConnectTimeoutSeconds, leaderTryMilliseconds }: DataProxy): { settings: string[]; server: string } {
  const tries = Math.ceil((serverConnectTimeoutSeconds * 1000) / leaderTryMilliseconds);
  return {
    settings: ["    option redispatch 1", `    timeout connect ${String(leaderTryMilliseconds)}ms`, `    retries ${String(tries)}`],
    server: "    server waiting-room 127.0.0.1:1 backup no-check",
  };
}
