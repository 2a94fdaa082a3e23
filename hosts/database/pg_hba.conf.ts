import type { SelfHostedBlueprint } from "../../blueprint/types";
import { databaseRoles } from "./roles";

/** Who may connect, first match wins: the operating system's `postgres` locally, members, also of the other region, for replication and rewind, the application for its own databases. Everything remote is TLS with SCRAM. */
export function pgHba(blueprint: SelfHostedBlueprint): string[] {
  const others = blueprint.pair?.other.hosts.filter(({ role }) => role === "database") ?? [];
  const members = [...blueprint.network.zones.map((zone) => zone.cidrs.data), ...others.map(({ address }) => `${address}/32`)];
  const clients = blueprint.network.zones.map((zone) => zone.cidrs.private);
  const method = "scram-sha-256";
  return [
    `local all ${databaseRoles.superuser} peer`,
    `local all ${databaseRoles.rewind} ${method}`,
    `local replication ${databaseRoles.replication} ${method}`,
    ...members.flatMap((cidr) => [
      `hostssl replication ${databaseRoles.replication} ${cidr} ${method}`,
      `hostssl postgres ${databaseRoles.rewind} ${cidr} ${method}`,
    ]),
    ...blueprint.database.databases.flatMap((database) => clients.map((cidr) => `hostssl ${database.name} ${database.owner} ${cidr} ${method}`)),
  ];
}
