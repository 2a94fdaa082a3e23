import type { Knex } from "knex";
import { integer, value } from "./environment";

/** One of the two databases: the variable that names it, and its name without that. */
export interface DatabaseName {
  variable: string;
  otherwise: string;
}

interface RawConnection {
  query: (sql: string, done: (fault: Error | null) => void) => void;
}

const defaultHost = "127.0.0.1";

/** Configuration of a writer pool, as the application's two services have it. Nothing is connected yet. */
export function writerConfig(name: DatabaseName): Knex.Config {
  return configFor(value("DB_WRITER_ENDPOINT") ?? value("DB_HOST") ?? defaultHost, name);
}

/** Configuration of a reader pool; without a reader of its own it is one more pool on the writer. */
export function readerConfig(name: DatabaseName): Knex.Config {
  return configFor(value("DB_READER_ENDPOINT") ?? value("DB_WRITER_ENDPOINT") ?? value("DB_HOST") ?? defaultHost, name);
}

/** What the knex command line gets: the writer without the session's timeouts, which would kill long DDL. */
export function migrationConfig(name: DatabaseName, directory: string): Knex.Config {
  return { ...writerConfig(name), pool: poolSize(), migrations: { tableName: "knex_migrations", directory } };
}

function configFor(host: string, name: DatabaseName): Knex.Config {
  return {
    client: "pg",
    version: value("POSTGRES_VERSION") ?? "16.1",
    connection: connectionString(host, name),
    pool: { ...poolSize(), afterCreate: setTimeouts },
    acquireConnectionTimeout: integer("DB_ACQUIRE_TIMEOUT", 10_000),
  };
}

/** The password stands in it as it is, unescaped, and TLS is off: both are the application's. */
export function connectionString(host: string, { variable, otherwise }: DatabaseName): string {
  const user = value("DB_USER") ?? "postgres";
  const password = value("DB_PASSWORD") ?? "postgres";
  return `postgres://${user}:${password}@${host}:${String(integer("DB_PORT", 5432))}/${value(variable) ?? otherwise}?sslmode=disable`;
}

function poolSize(): Knex.PoolConfig {
  return {
    min: integer("DB_POOL_MIN", 5),
    max: integer("DB_POOL_MAX", 50),
    acquireTimeoutMillis: integer("DB_ACQUIRE_TIMEOUT", 10_000),
    idleTimeoutMillis: integer("DB_IDLE_TIMEOUT", 30_000),
    reapIntervalMillis: integer("DB_REAP_INTERVAL", 1_000),
  };
}

function setTimeouts(connection: RawConnection, done: (fault: Error | null, connection: RawConnection) => void): void {
  const statement = integer("DB_STATEMENT_TIMEOUT_MS", 60_000);
  const idleInTransaction = integer("DB_IDLE_IN_TX_TIMEOUT_MS", 60_000);
  connection.query(`SET statement_timeout = ${String(statement)}; SET idle_in_transaction_session_timeout = ${String(idleInTransaction)};`, (fault) => {
    done(fault, connection);
  });
}
