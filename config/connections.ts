import type { Settings } from "./keys";

type HostCounts = Pick<Settings, "hosting" | "apiHosts" | "workerHosts" | "apiMaxHosts" | "workerMaxHosts">;

/** Application databases, each with its own PgBouncer pool on every application host. */
export const applicationDatabases = 2;

/** Share of max_connections that may be planned for; the rest is for people and surprises (audit A07). */
export const plannedShare = 0.8;

/** Connections kept from the pools: 3 for the superuser, 6 for Patroni and its checks, 8 for migrations, 3 for operators. */
export const reservedConnections = 20;

/** Below this a host's workers (five pools, app-contract §3.4) would queue behind each other in normal operation. */
export const smallestPool = 8;

/** Largest pool per database and host that keeps every pool together within the planned share. */
export function poolSizePerDatabase(settings: HostCounts & Pick<Settings, "databaseMaxConnections">): number {
  const planned = Math.floor(settings.databaseMaxConnections * plannedShare) - reservedConnections;
  return Math.floor(planned / pools(settings));
}

/** Fewest max_connections that give every pool its smallest size. */
export function neededMaxConnections(settings: HostCounts): number {
  return Math.ceil((smallestPool * pools(settings) + reservedConnections) / plannedShare);
}

/** Most application hosts there can be: managed groups grow. */
export function mostApplicationHosts({ hosting, apiHosts, workerHosts, apiMaxHosts, workerMaxHosts }: HostCounts): number {
  return hosting === "managed" ? apiMaxHosts + workerMaxHosts : apiHosts + workerHosts;
}

function pools(settings: HostCounts): number {
  return mostApplicationHosts(settings) * applicationDatabases;
}
