import type { ManagedBlueprint } from "../../../blueprint/types";
import { leaderBackend, primaryBackend, redisLeader } from "./waiting";

/** The authorities that Debian trusts, Amazon's among them. */
const systemAuthorities = "@system-ca";
/** Where a server is until its name has had an answer: nothing listens there. */
const nowhere = "127.0.0.1:1";

/** Managed services: bundler_endpoints.py puts each server where its name points, and answers for the database's writer. */
export function managedBackends({ proxy, redis, database }: ManagedBlueprint): string[] {
  return [
    ...leaderBackend(proxy, primaryBackend, proxy.primaryPort, [
      "    option httpchk",
      "    http-check send meth GET uri /",
      `    server writer ${nowhere} addr 127.0.0.1 port ${String(proxy.writerPort)}`,
      // A region that waits for its turn answers what needs no writer.
      ...(database.readerName === null ? [] : [`    server reader ${nowhere} backup addr 127.0.0.1 port ${String(proxy.readerPort)}`]),
    ]),
    ...redis.instances.flatMap(({ name }) =>
      // The chain alone is checked: the certificate is for AWS's name of the group, which nobody knows when this is written.
      redisLeader(proxy, name, "string role:master", [`    server primary ${nowhere} ssl verify required ca-file ${systemAuthorities}`]),
    ),
  ];
}
