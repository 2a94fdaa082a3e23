import type { Settings } from "../../config/settings";
import { applicationDatabases, slowStatementMilliseconds } from "../applicationDatabases";
import { ports } from "../ports";
import { namePrefix } from "../names";
import type { FormerDatabase, ManagedDatabase, Zone } from "../types";
import { globalName, internalName } from "./names";

/** Every 15 s: what Enhanced Monitoring shows of a failover. */
const monitoringSeconds = 15;
/** Days of Performance Insights that cost nothing. */
const insightsDays = 7;
/** UTC. Before the quiet hours of maintenance, so that a restore point from just before exists. */
const backup = { window: "03:00-03:30", maintenanceWindow: "sun:04:00-sun:04:30" };

/** Of each kind another, so that one can stand beside the other while data moves. */
const identifierSuffix: Record<ManagedDatabase["kind"], string> = { rdsInstance: "rds", rdsCluster: "rds-cluster", aurora: "aurora" };

/** The RDS instance that the database is moved from, as it was but for what the level says of size and backups. */
export function makeFormerDatabase(settings: Settings, zones: readonly Zone[]): FormerDatabase | null {
  if (settings.databaseMove === null) return null;
  return { database: makeManagedDatabase({ ...settings, managedDatabase: "rdsInstance" }, zones), step: settings.databaseMove };
}

/** PostgreSQL that AWS runs. */
export function makeManagedDatabase(settings: Settings, zones: readonly Zone[]): ManagedDatabase {
  const { managedDatabase: kind, databaseEngineVersion: version, databaseCaUrl: url, databaseCaSha256: sha256 } = settings;
  if (url === null || sha256 === null)
    throw new Error("databaseCaUrl, databaseCaSha256: given nothing, needed both with hosting managed; parse settings before making a blueprint");
  const engine = kind === "aurora" ? "aurora-postgresql" : "postgres";
  return {
    kind,
    identifier: `${namePrefix(settings)}-${identifierSuffix[kind]}`,
    engine,
    version,
    family: `${engine}${version.split(".")[0] ?? ""}`,
    port: ports.postgres,
    writerName: internalName(settings, "postgres"),
    instanceClass: settings.databaseInstanceClass,
    // One a zone: a writer and readers that can take its place, each in half a minute.
    members: kind === "aurora" ? zones.map(({ name, letter }) => ({ name: `db-${letter}`, zone: name })) : [],
    storageGib: settings.databaseVolumeGib,
    databases: [...applicationDatabases],
    parameters: {
      // The data proxy speaks TLS for the application, which cannot (app-contract §3.2, audit A19).
      "rds.force_ssl": "1",
      max_connections: String(settings.databaseMaxConnections),
      log_min_duration_statement: String(slowStatementMilliseconds),
      log_lock_waits: "1",
      // The application keeps timestamps without a zone (app-contract §9).
      timezone: "UTC",
    },
    maxConnections: settings.databaseMaxConnections,
    backup: { retentionDays: settings.databaseBackupDays, ...backup },
    monitoring: { intervalSeconds: monitoringSeconds, insightsDays },
    authority: { url, sha256: sha256.toLowerCase() },
    global: settings.level === 3 ? globalName(settings) : null,
    readerName: settings.site === "standby" ? internalName(settings, "postgres-reader") : null,
  };
}
