import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host, RegionPair, SelfHostedBlueprint } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { rootFile, settingsFile, unit } from "../files";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";
import { passwordVariable } from "./database.json";
import { standbyCluster } from "./dynamic.json";
import { openMark, patroniYmlPath, regionDirectory, regionPath, regionSettingsPath, rolesEnvironmentPath, socketDirectory, tls } from "./paths";
import { databaseRoles, restUser } from "./roles";

const program = readFileSync(join(__dirname, "bundler_region.py"), "utf8");

/** What holds a database host to who takes writes; nothing where there is one region. */
export function regionPlan(blueprint: SelfHostedBlueprint, host: Host): { files: HostFile[]; units: string[] } {
  const { pair } = blueprint;
  if (pair === null) return { files: [], units: [] };
  return {
    files: [
      rootFile(regionPath, program),
      settingsFile(regionSettingsPath, settingsOf(blueprint, pair, host)),
      unit(
        "bundler-region.service",
        unitFile({
          Unit: {
            Description: "Holds this region's database to who takes writes",
            Requires: "bundler-secrets.service",
            Wants: "network-online.target",
            After: "bundler-secrets.service network-online.target",
            StartLimitIntervalSec: "0",
          },
          Service: {
            User: "postgres",
            Group: "postgres",
            EnvironmentFile: rolesEnvironmentPath,
            RuntimeDirectory: regionDirectory,
            // A restart of this program is no news of who takes writes.
            RuntimeDirectoryPreserve: "yes",
            StateDirectory: regionDirectory,
            ExecStart: `/usr/bin/python3 -B ${regionPath} ${regionSettingsPath}`,
            Restart: "always",
            RestartSec: "1s",
            NoNewPrivileges: "yes",
            ProtectSystem: "strict",
            ProtectHome: "yes",
            PrivateTmp: "yes",
          },
          Install: { WantedBy: "multi-user.target" },
        }),
      ),
    ],
    units: ["bundler-region.service"],
  };
}

function settingsOf(blueprint: SelfHostedBlueprint, pair: RegionPair, host: Host): object {
  const { database, site, region } = blueprint;
  const rest = (address: string): string => `https://${address}:${String(database.restPort)}`;
  return {
    site,
    parameter: pair.parameter,
    regions: [region, pair.other.region],
    pollSeconds: pair.pollSeconds,
    settleSeconds: pair.settleSeconds,
    silentSeconds: pair.silentSeconds,
    rest: { url: rest(host.address), user: restUser, passwordVariable: passwordVariable("rest") },
    members: hostsOf(blueprint, "database").map(({ address }) => rest(address)),
    patroni: patroniYmlPath,
    others: pair.other.hosts.filter(({ role }) => role === "database").map(({ address }) => rest(address)),
    tls,
    socketDirectory,
    port: database.port,
    superuser: databaseRoles.superuser,
    slot: pair.slot,
    standbyCluster: standbyCluster(pair, database.port),
    openMark,
    wordFile: `/var/lib/${regionDirectory}/word.json`,
  };
}
