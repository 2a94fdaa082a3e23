import knex, { type Knex } from "knex";
import { readerConfig, writerConfig, type DatabaseName } from "./knexConfig";

/** A writer and a reader pool: two of the pools that the connection budget counts. */
export interface Pools {
  writer: Knex;
  reader: Knex;
}

export function openPools(name: DatabaseName): Pools {
  return { writer: knex(writerConfig(name)), reader: knex(readerConfig(name)) };
}

/** PostgreSQL's codes that the application tells apart. */
export const uniqueViolation = "23505";
export const lockNotAvailable = "55P03";

/** PostgreSQL's code of an error; undefined for an error of another kind. */
export function errorCode(fault: unknown): string | undefined {
  const code = (fault as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}
