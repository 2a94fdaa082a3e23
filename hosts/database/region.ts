import type { Host, RegionPair, SelfHostedBlueprint } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { rootFile, settingsFile, unit } from "../files";
import { programText } from "../program";
import { confined, unitFile, type UnitSection } from "../systemd";
import type { HostFile } from "../types";
import { passwordVariable } from "./database.json";
import { standbyCluster } from "./dynamic.json";
import { lagPath, openMark, patroniYmlPath, regionDirectory, regionPath, regionSettingsPath, rolesEnvironmentPath, socketDirectory, tls } from "./paths";
import { databaseRoles, restUser } from "./roles";

const program = programText(__dirname, "bundler_region.py");
const lag = programText(__dirname, "bundler_lag.py");

/** What holds a database host to who takes writes, and says how far the other region is behind; nothing where there is one region. */
export function regionPlan(blueprint: SelfHostedBlueprint, host: Host): { files: HostFile[]; units: string[] } {
  const { pair } = blueprint;
  if (pair === null) return { files: [], units: [] };
  return {
    files: [
      rootFile(regionPath, program),
      rootFile(lagPath, lag),
      settingsFile(regionSettingsPath, settingsOf(blueprint, pair, host)),
      service("region", "Holds this region's database to who takes writes", regionPath, {
        EnvironmentFile: rolesEnvironmentPath,
        RuntimeDirectory: regionDirectory,
        // A restart of this program is no news of who takes writes.
        RuntimeDirectoryPreserve: "yes",
        StateDirectory: regionDirectory,
      }),
      // Apart from it: who takes writes does not wait for CloudWatch.
      service("lag", "Says how far the other region's database is behind", lagPath, {}),
    ],
    units: ["bundler-region.service", "bundler-lag.service"],
  };
}

/** One of both programs, which read the same settings. */
function service(name: string, description: string, path: string, own: UnitSection): HostFile {
  return unit(
    `bundler-${name}.service`,
    unitFile({
      Unit: {
        Description: description,
        Requires: "bundler-secrets.service",
        Wants: "network-online.target",
        After: "bundler-secrets.service network-online.target",
        StartLimitIntervalSec: "0",
      },
      Service: {
        User: "postgres",
        Group: "postgres",
        ...own,
        ExecStart: `/usr/bin/python3 -B ${path} ${regionSettingsPath}`,
        Restart: "always",
        RestartSec: "1s",
        ...confined,
      },
      Install: { WantedBy: "multi-user.target" },
    }),
  );
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
    lag: { metric: pair.lag.metric, lookSeconds: pair.lag.lookSeconds, looks: pair.lag.looks },
    wordFile: `/var/lib/${regionDirectory}/word.json`,
  };
}
