import type { Blueprint } from "../../blueprint/types";
import { lines } from "../lines";
import { databaseAuthorityPath, pgbouncerCaPath, userlistPath } from "./paths";

/** Suffix of the aliases that migrations use: a server connection of its own for each client, straight to the primary. */
export const migrationsSuffix = "_migrations";
/** Server connections of one migration alias; the connection budget reserves twice as many. */
const migrationPoolSize = 4;

/** `/etc/pgbouncer/pgbouncer.ini`: keeps the application's connections and lets its queries wait while a failover runs. */
export function pgbouncerIni(blueprint: Blueprint): string {
  const { proxy, database } = blueprint;
  const owner = database.databases[0]?.owner ?? "";
  const primary = `host=127.0.0.1 port=${String(proxy.primaryPort)}`;
  return lines(
    "[databases]",
    database.databases.flatMap(({ name }) => [
      `${name} = ${primary} dbname=${name} pool_size=${String(proxy.poolSizePerDatabase)}`,
      `${name}${migrationsSuffix} = ${primary} dbname=${name} pool_mode=session pool_size=${String(migrationPoolSize)}`,
    ]),
    "",
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${String(proxy.postgresPort)}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${userlistPath}`,
    "pool_mode = transaction",
    `max_client_conn = ${String(proxy.maxClientConnections)}`,
    `query_wait_timeout = ${String(proxy.queryWaitTimeoutSeconds)}`,
    `server_connect_timeout = ${String(proxy.serverConnectTimeoutSeconds)}`,
    `server_login_retry = ${String(proxy.serverLoginRetrySeconds)}`,
    "server_tls_sslmode = verify-ca",
    `server_tls_ca_file = ${blueprint.hosting === "managed" ? databaseAuthorityPath : pgbouncerCaPath}`,
    // The dashboard sends the first as a startup parameter; the second is every driver's.
    "ignore_startup_parameters = statement_timeout,extra_float_digits",
    // Whoever has the application's password may look at the pools.
    `stats_users = ${owner}`,
    "tcp_keepalive = 1",
    `tcp_keepidle = ${String(proxy.tcpKeepalive.idleSeconds)}`,
    `tcp_keepintvl = ${String(proxy.tcpKeepalive.intervalSeconds)}`,
    `tcp_keepcnt = ${String(proxy.tcpKeepalive.count)}`,
  );
}
