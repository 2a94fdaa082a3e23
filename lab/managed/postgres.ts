import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedDatabase } from "../../blueprint/types";
import type { Container } from "../hosts/container";
import { query } from "../hosts/database";
import { directory, type Engine } from "./engine";

const startMilliseconds = 60_000;
const lookMilliseconds = 50;
/** What is under way at a handover may end by itself for so long. */
const endMilliseconds = 1000;

/** PostgreSQL as RDS runs it: a writer, and a copy that has everything before the writer says that it is done. */
export function postgresEngine(database: ManagedDatabase, password: string): Engine {
  const first = database.databases[0];
  if (first === undefined) throw new Error("the blueprint has no application database");
  return {
    prepare: (server, certified) => {
      server.write(`${directory}/postgres.sh`, readFileSync(join(__dirname, "postgres.sh"), "utf8"));
      server.write(`${directory}/postgresql.conf`, settingsText(database));
      server.write(`${directory}/pg_hba.conf`, access);
      server.write(`${directory}/pgpass`, `*:*:*:replicator:${password}\n`);
      server.write(`${directory}/certificate.pem`, certified.certificate);
      server.write(`${directory}/key.pem`, certified.privateKey);
    },
    startFirst: async (server) => {
      await server.start(["/bin/sh", `${directory}/postgres.sh`, "new"]);
      await answers(server);
      // As RDS makes its master user and its first database.
      const statements = [
        `CREATE ROLE ${first.owner} LOGIN CREATEDB CREATEROLE PASSWORD '${password}';`,
        `CREATE ROLE replicator LOGIN REPLICATION PASSWORD '${password}';`,
        `CREATE DATABASE ${first.name} OWNER ${first.owner};`,
      ];
      const { status, stderr } = await server.inside(
        ["runuser", "-u", "postgres", "--", "psql", "--host=/run/postgresql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"],
        statements.join("\n"),
      );
      if (status !== 0) throw new Error(`${server.host.name}: ${stderr.trim()}`);
    },
    startCopy: async (server, writer) => {
      await server.start(["/bin/sh", `${directory}/postgres.sh`, "copy", writer.host.address]);
      await answers(server);
      await set(writer, "synchronous_standby_names", "'*'");
    },
    missing: async (writer) => {
      const [row] = await query(writer, "postgres", "select sync_state from pg_stat_replication where state = 'streaming'");
      return row?.[0] === "sync" ? undefined : "no copy follows synchronously";
    },
    promote,
    handOver: async (writer, copy) => {
      await set(writer, "default_transaction_read_only", "on");
      const latest = Date.now() + endMilliseconds;
      const writing = "from pg_stat_activity where backend_xid is not null";
      while (Date.now() < latest && (await query(writer, "postgres", `select 1 ${writing}`)).length > 0) await sleep(lookMilliseconds);
      await query(writer, "postgres", `select pg_terminate_backend(pid) ${writing}`);
      const [[end = ""] = []] = await query(writer, "postgres", "select pg_current_wal_lsn()");
      while ((await query(copy, "postgres", `select pg_last_wal_replay_lsn() >= '${end}'`))[0]?.[0] !== "t") await sleep(lookMilliseconds);
      await promote(copy);
    },
  };
}

async function promote(copy: Container): Promise<void> {
  // It waits for no copy of its own until it has one again, as RDS does.
  await set(copy, "synchronous_standby_names", "''");
  const [row] = await query(copy, "postgres", "select pg_promote(true, 30)");
  if (row?.[0] !== "t") throw new Error(`${copy.host.name}: it was not promoted`);
}

async function set(server: Container, name: string, value: string): Promise<void> {
  await query(server, "postgres", `alter system set ${name} = ${value}`);
  await query(server, "postgres", "select pg_reload_conf()");
}

async function answers(server: Container): Promise<void> {
  const latest = Date.now() + startMilliseconds;
  for (;;) {
    const fault = await query(server, "postgres", "select 1").then(
      () => undefined,
      (reason: unknown) => (reason as Error).message,
    );
    if (fault === undefined) return;
    if (Date.now() > latest) throw new Error(`${server.host.name}: does not answer after ${String(startMilliseconds / 1000)} s: ${fault}`);
    await sleep(lookMilliseconds);
  }
}

/** Everybody from elsewhere speaks TLS (`rds.force_ssl`) and says a password. */
const access = ["local all postgres peer", "hostssl all all 0.0.0.0/0 scram-sha-256", "hostssl replication replicator 0.0.0.0/0 scram-sha-256", ""].join("\n");

function settingsText({ port, parameters }: ManagedDatabase): string {
  const settings: Record<string, string> = {
    // Those of RDS itself are no parameters of PostgreSQL.
    ...Object.fromEntries(Object.entries(parameters).filter(([name]) => !name.startsWith("rds."))),
    listen_addresses: "*",
    port: String(port),
    unix_socket_directories: "/run/postgresql",
    ssl: "on",
    ssl_cert_file: `${directory}/certificate.pem`,
    ssl_key_file: `${directory}/key.pem`,
    wal_keep_size: "1GB",
    wal_receiver_timeout: "5s",
    wal_receiver_status_interval: "1s",
    wal_retrieve_retry_interval: "500ms",
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join("");
}
