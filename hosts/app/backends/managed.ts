import type { ManagedBlueprint } from "../../../blueprint/types";
import { primaryBackend, redisBackend, waiting } from "./waiting";

/** The authorities that Debian trusts, Amazon's among them. */
const systemAuthorities = "@system-ca";
/** Where a server is until its name has had an answer: nothing listens there. */
const nowhere = "127.0.0.1:1";

/** Managed services: bundler_endpoints.py puts each server where its name points, and answers for the database's writer. */
export function managedBackends({ proxy, redis, database }: ManagedBlueprint): string[] {
  const wait = waiting(proxy);
  const redisPort = { cache: proxy.cachePort, queues: proxy.queuesPort };
  return [
    `listen ${primaryBackend}`,
    `    bind 127.0.0.1:${String(proxy.primaryPort)}`,
    ...wait.settings,
    "    option httpchk",
    "    http-check send meth GET uri /",
    `    server writer ${nowhere} addr 127.0.0.1 port ${String(proxy.writerPort)}`,
    // A region that waits for its turn answers what needs no writer.
    ...(database.readerName === null ? [] : [`    server reader ${nowhere} backup addr 127.0.0.1 port ${String(proxy.readerPort)}`]),
    wait.server,
    "",
    ...redis.instances.flatMap(({ name, password }) => [
      `listen ${redisBackend(name)}`,
      `    bind 127.0.0.1:${String(redisPort[name])}`,
      ...wait.settings,
      "    option tcp-check",
      // From the environment: the file holds no secret.
      ...(password ? ['    tcp-check send "AUTH ${REDIS_CACHE_PASSWORD}\\r\\n"', "    tcp-check expect string +OK"] : []),
      '    tcp-check send "info replication\\r\\nQUIT\\r\\n"',
      "    tcp-check expect string role:master",
      // The chain alone is checked: the certificate is for AWS's name of the group, which nobody knows when this is written.
      `    server primary ${nowhere} ssl verify required ca-file ${systemAuthorities}`,
      wait.server,
      "",
    ]),
  ];
}
