import type { Settings } from "../../config/settings";
import { databaseNames, databaseOwner } from "../applicationDatabases";
import { ports } from "../ports";
import type { SecretRef } from "../types";
import { applicationPoolMax } from "./pools";

/** The data proxy. An address, since `localhost` may be ::1 first, where nothing listens. */
export const loopback = "127.0.0.1";

/** Longest a draining API lets its requests finish: the edge's longest server timeout. */
export const apiDrainSeconds = 300;

/** An operator's value out of the container that only the operator fills. */
export function external(key: string): SecretRef {
  return { secret: "application-external", key };
}

/** Values that the operator may leave out; the process then runs without the feature. */
export function optionalExternal(keys: readonly string[]): Record<string, SecretRef> {
  return Object.fromEntries(keys.map((key) => [key, { ...external(key), optional: true } satisfies SecretRef]));
}

/** A value that the stack generates for the application. */
export function generated(key: string): SecretRef {
  return { secret: "application", key };
}

export const databasePassword: SecretRef = { secret: "database-owner", key: "DB_PASSWORD" };

/** Node has a list of authorities of its own; this adds those that the host trusts, such as an operator's own. */
const hostCertificates = "/etc/ssl/certs/ca-certificates.crt";

/** What every process has. The operator's own variables come first: the program's cannot be overridden. */
export function base(settings: Settings): Record<string, string> {
  return { ...settings.appEnvironment, NODE_ENV: "production", TZ: "UTC", NODE_EXTRA_CA_CERTS: hostCertificates };
}

/**
 * PostgreSQL on loopback. The reader is the writer: a bundle is prepared from rows written a moment before, and a
 * lagging replica would give a part of them (app-contract §3.5).
 */
export function database(): Record<string, string> {
  return {
    DB_HOST: loopback,
    DB_WRITER_ENDPOINT: loopback,
    DB_READER_ENDPOINT: loopback,
    DB_PORT: String(ports.postgres),
    DB_USER: databaseOwner,
    PAYMENT_DB_DATABASE: databaseNames.payment,
    UPLOAD_DB_DATABASE: databaseNames.upload,
    DB_POOL_MIN: "0",
    DB_POOL_MAX: String(applicationPoolMax),
    // Migrations run once a release, before anything starts, and directly on the primary.
    MIGRATE_ON_STARTUP: "false",
  };
}

/** Queues as payment-service, payment-workers and the dashboard name them. */
export function paymentQueues(): Record<string, string> {
  return { REDIS_QUEUE_HOST: loopback, REDIS_QUEUE_PORT: String(ports.redisQueues) };
}

/** Queues as upload-api and upload-workers name them. */
export function uploadQueues(): Record<string, string> {
  return { REDIS_HOST: loopback, REDIS_PORT_QUEUES: String(ports.redisQueues) };
}

/** Public addresses that payments go to. */
export function addresses(settings: Settings): Record<string, string> {
  return {
    ARWEAVE_ADDRESS: settings.arweaveAddress,
    X402_PAYMENT_ADDRESS: settings.x402PaymentAddress,
    SOLANA_ADDRESS: settings.solanaAddress,
    ...(settings.ethereumAddress === null ? {} : { ETHEREUM_ADDRESS: settings.ethereumAddress }),
  };
}
