import type { Machine, SelfHostedBlueprint } from "../../../blueprint/types";
import { hostsOf } from "../../dataMount";
import { tls } from "../paths";
import { primaryBackend } from "./waiting";

/** With two regions: the standby leader, offered for as long as this region has no primary. It alone says that it may be read. */
export function readerServers(blueprint: SelfHostedBlueprint): string[] {
  const { pair, database } = blueprint;
  if (pair === null) return [];
  return hostsOf(blueprint, "database").map(
    ({ name, address }) =>
      `    server ${name}-reader ${address}:${String(database.port)} backup port ${String(pair.readerPort)} check-ssl verify required ca-file ${tls.ca}`,
  );
}

/**
 * With two regions: whether this one takes writes, by the checks of its primary. Workers wait for it; on an API host the edge asks,
 * for Route 53.
 */
export function writerFrontend(blueprint: SelfHostedBlueprint, machine: Machine): string[] {
  const { pair, proxy, database } = blueprint;
  if (pair === null) return [];
  const api = machine.role === "api" ? hostsOf(blueprint, "api").find(({ name }) => name === machine.name)?.address : undefined;
  return [
    "frontend writer",
    "    mode http",
    ...["127.0.0.1", ...(api === undefined ? [] : [api])].map((address) => `    bind ${address}:${String(proxy.writerPort)}`),
    "    monitor-uri /",
    "    monitor fail if { nbsrv(writer) lt 1 }",
    "",
    "backend writer",
    "    option httpchk",
    "    http-check disable-on-404",
    ...hostsOf(blueprint, "database").map(
      ({ name, address }) => `    server ${name} ${address}:${String(database.port)} no-check track ${primaryBackend}/${name}`,
    ),
    "",
  ];
}
