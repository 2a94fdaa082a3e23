import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { confined, unitFile } from "../systemd";
import {
  agentPath,
  patroniEnvironmentPath,
  patroniYmlPath,
  rolePath,
  roleRuntimeDirectory,
  rolesEnvironmentPath,
  roleSettingsPath,
  roomPath,
  roomSettingsPath,
  settingsPath,
  versionDirectory,
} from "./paths";

/** How often the primary compares the cluster with its files. Bounds how long a new cluster is without its databases. */
const agentIntervalSeconds = 15;

/** Patroni's unit. It replaces Debian's whole: a Patroni that is gone leaves PostgreSQL running unwatched, so it comes back at once. */
export function patroniService(blueprint: SelfHostedBlueprint, host: Host): string {
  const directory = versionDirectory(host, blueprint.database.version);
  const watchdog = blueprint.database.patroni.watchdog === "off" ? [] : ["-+/usr/sbin/modprobe softdog", "-+/usr/bin/chown postgres /dev/watchdog"];
  return unitFile({
    Unit: {
      Description: "Patroni: keeps this PostgreSQL in its cluster",
      Requires: "bundler-secrets.service",
      Wants: "network-online.target",
      After: "bundler-secrets.service network-online.target",
      RequiresMountsFor: dataMount(host),
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "simple",
      User: "postgres",
      Group: "postgres",
      EnvironmentFile: patroniEnvironmentPath,
      RuntimeDirectory: "patroni",
      RuntimeDirectoryMode: "0700",
      RuntimeDirectoryPreserve: "restart",
      ExecStartPre: [`+/usr/bin/install -d -m 0700 -o postgres -g postgres ${directory}`, ...watchdog],
      ExecStart: `/usr/bin/patroni ${patroniYmlPath}`,
      ExecReload: "/bin/kill -s HUP $MAINPID",
      // Only Patroni is killed with Patroni: PostgreSQL lives on for the restarted one to adopt, and is stopped by it in an orderly stop.
      KillMode: "process",
      TimeoutStopSec: "90s",
      Restart: "always",
      RestartSec: "100ms",
      OOMPolicy: "continue",
      OOMScoreAdjust: "-800",
      LimitNOFILE: "65536",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** The host's answer to the data proxies. It starts in a tenth of a second, and nobody is cut off within two checks. */
export function roleService(): string {
  return unitFile({
    Unit: {
      Description: "Tells data proxies whether this host has the primary",
      Requires: "bundler-secrets.service",
      Wants: "network-online.target",
      After: "bundler-secrets.service network-online.target",
      StartLimitIntervalSec: "0",
    },
    Service: {
      User: "postgres",
      Group: "postgres",
      RuntimeDirectory: roleRuntimeDirectory,
      RuntimeDirectoryPreserve: "restart",
      ExecStart: `/usr/bin/python3 -B ${rolePath} ${roleSettingsPath}`,
      Restart: "always",
      RestartSec: "100ms",
      OOMScoreAdjust: "-800",
      // Two checks without an answer cut every session: a busy PostgreSQL must not come before it.
      CPUWeight: "1000",
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Looks at the room of the data volume. A look that fails, as before Patroni has made its directory, is done again a moment later. */
export function roomService(blueprint: SelfHostedBlueprint, host: Host): string {
  return unitFile({
    Unit: {
      Description: "Hands the primary over when this host's data volume is nearly full",
      Requires: "bundler-secrets.service",
      After: "bundler-secrets.service patroni.service",
      StartLimitIntervalSec: "0",
    },
    Service: {
      User: "postgres",
      Group: "postgres",
      EnvironmentFile: rolesEnvironmentPath,
      ExecStart: `/usr/bin/python3 -B ${roomPath} ${roomSettingsPath}`,
      Restart: "always",
      RestartSec: `${String(blueprint.database.roomLookSeconds)}s`,
      ReadWritePaths: dataMount(host),
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** One comparison of the cluster with this host's files; does nothing on a standby. */
export function databasesService(): string {
  return unitFile({
    Unit: {
      Description: "Holds the cluster's settings, databases and passwords to this host's files, when it is the primary",
      Requires: "bundler-secrets.service",
      After: "bundler-secrets.service patroni.service",
    },
    Service: {
      Type: "oneshot",
      User: "postgres",
      Group: "postgres",
      EnvironmentFile: rolesEnvironmentPath,
      ExecStart: `/usr/bin/python3 ${agentPath} ${settingsPath}`,
      TimeoutStartSec: "60s",
      ...confined,
    },
  });
}

/** Repeats the comparison, so that a failover, a rotated password or a changed file needs nobody. */
export function databasesTimer(): string {
  return unitFile({
    Unit: { Description: "Compares the database cluster with this host's files" },
    Timer: {
      OnActiveSec: "1s",
      OnUnitInactiveSec: `${String(agentIntervalSeconds)}s`,
      AccuracySec: "1s",
    },
    Install: { WantedBy: "timers.target" },
  });
}
