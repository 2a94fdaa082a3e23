import type { Blueprint, Process } from "../../blueprint/types";
import { settingsFile, unit } from "../files";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";
import { environmentPath, nodeProgram, releaseDirectory, secretEnvironmentPath } from "./paths";
import { programFiles, programPath } from "./programs";
import { migrationsSuffix } from "./pgbouncer.ini";

const settingsPath = "/etc/bundler/migrate.json";
const stateDirectory = "bundler-migrate";

/** The release's own migrations, from its TypeScript sources: knex records file names, and the compiled ones have others. */
const migrations = [
  { directory: "packages/payment-service", sources: "src/database", variable: "PAYMENT_DB_DATABASE" },
  { directory: "packages/upload-service", sources: "src/arch/db", variable: "UPLOAD_DB_DATABASE" },
];

/** Files of the migration step; `reads` is a process of this host whose environment the migrations have. */
export function migrateFiles(blueprint: Blueprint, reads: Process): HostFile[] {
  const databases = blueprint.database.databases.map(({ name }) => name);
  const lockDatabase = databases[0];
  if (lockDatabase === undefined) throw new Error("migrations: the blueprint has no application database");
  return [
    ...programFiles(blueprint, "migrate"),
    settingsFile(settingsPath, {
      release: blueprint.artifacts.release.sha256,
      marker: `/var/lib/${stateDirectory}/release`,
      host: "127.0.0.1",
      port: blueprint.proxy.postgresPort,
      lockDatabase: `${lockDatabase}${migrationsSuffix}`,
      lockSuffix: migrationsSuffix,
      node: nodeProgram,
      // Own hosts' databases are made by their primary; a managed database comes with one.
      create: blueprint.hosting === "managed" ? databases : [],
      migrations: migrations.map(({ directory, sources, variable }) => ({
        directory: `${releaseDirectory}/${directory}`,
        knex: `${releaseDirectory}/node_modules/knex/bin/cli.js`,
        sources,
        environment: { [variable]: `${reads.environment[variable] ?? ""}${migrationsSuffix}` },
      })),
    }),
    unit(
      "bundler-migrate.service",
      unitFile({
        Unit: {
          Description: "Migrates both databases, once for a release",
          Requires: "bundler-secrets.service bundler-artifacts.service",
          Wants: "pgbouncer.service haproxy.service",
          After: "bundler-secrets.service bundler-artifacts.service pgbouncer.service haproxy.service",
        },
        Service: {
          Type: "oneshot",
          RemainAfterExit: "yes",
          User: "bundler",
          Group: "bundler",
          StateDirectory: stateDirectory,
          EnvironmentFile: [environmentPath(reads.name), secretEnvironmentPath(reads.name)],
          ExecStart: `/usr/bin/python3 ${programPath(blueprint, "migrate")} ${settingsPath}`,
          TimeoutStartSec: "infinity",
        },
        Install: { WantedBy: "multi-user.target" },
      }),
    ),
  ];
}
