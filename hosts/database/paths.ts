import { tlsPaths } from "../tlsCopies";
import type { Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";

export const patroniYmlPath = "/etc/patroni/config.yml";
export const patroniEnvironmentPath = "/run/bundler/database/patroni.env";
export const rolesEnvironmentPath = "/run/bundler/database/roles.env";
export const settingsPath = "/etc/bundler/database.json";
export const agentPath = "/usr/local/lib/bundler/database_agent.py";
export const rolePath = "/usr/local/lib/bundler/bundler_role.py";
export const roleSettingsPath = "/etc/bundler/role.json";
/** Belongs to the role's unit, whose user is Patroni's too. */
export const roleRuntimeDirectory = "bundler-role";
export const stoppingMark = `/run/${roleRuntimeDirectory}/stopping`;
/** Belongs to the region's unit, whose user is Patroni's too. There while clients may write in this region. */
export const regionDirectory = "bundler-region";
export const openMark = `/run/${regionDirectory}/open`;
export const regionPath = "/usr/local/lib/bundler/bundler_region.py";
export const regionSettingsPath = "/etc/bundler/region.json";
export const lagPath = "/usr/local/lib/bundler/bundler_lag.py";
export const beforeStopPath = "/usr/local/lib/bundler/before_stop.sh";
export const healthPath = "/usr/local/lib/bundler/bundler_health.py";
export const roomPath = "/usr/local/lib/bundler/bundler_room.py";
export const roomSettingsPath = "/etc/bundler/room.json";
export const tlsDirectory = "/run/bundler/tls-postgres";
export const tls = tlsPaths(tlsDirectory);
/** Where Debian's postgresql-common makes the directory for the socket. */
export const socketDirectory = "/run/postgresql";
export const pgpassPath = "/run/patroni/pgpass";

/** Directory of the PostgreSQL version on the data volume. Patroni makes and removes `main` below it, so `postgres` owns it. */
export function versionDirectory(host: Host, version: string): string {
  return `${dataMount(host)}/${version}`;
}
