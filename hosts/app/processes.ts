import type { Process } from "../../blueprint/types";
import { unitFile } from "../systemd";
import { environmentPath, nodeProgram, releaseDirectory, secretEnvironmentPath } from "./paths";

const before = "bundler-secrets.service bundler-artifacts.service bundler-migrate.service";

/** How a process of the application runs: after its secrets, its release, its migrations and the data proxy. */
export function processService(process: Process): string {
  const singleton = process.placement === "singleton";
  return unitFile({
    Unit: {
      Description: `AR.IO Bundler: ${process.name}`,
      Requires: before,
      Wants: "network-online.target pgbouncer.service haproxy.service",
      After: `${before} network-online.target pgbouncer.service haproxy.service${singleton ? " bundler-singleton.service" : ""}`,
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      User: "bundler",
      Group: "bundler",
      WorkingDirectory: `${releaseDirectory}/${process.directory}`,
      EnvironmentFile: [environmentPath(process.name), secretEnvironmentPath(process.name)],
      StateDirectory: `bundler bundler/${process.name}`,
      ExecStart: `${nodeProgram} ${process.entry}`,
      Restart: "always",
      RestartSec: "1s",
      // SIGTERM to the process, and to all of it only when the time is over: a drain is not cut.
      KillMode: "mixed",
      TimeoutStopSec: `${String(process.stopSeconds)}s`,
      LimitNOFILE: "65536",
      NoNewPrivileges: "yes",
      ProtectSystem: "strict",
      ProtectHome: "yes",
      PrivateTmp: "yes",
      PrivateDevices: "yes",
    },
    // The singleton is started by its agent only.
    ...(singleton ? {} : { Install: { WantedBy: "multi-user.target" } }),
  });
}

/** Looks every few seconds whether an API process answers. */
export function healthUnits(process: Process & { port: number }): { service: string; timer: string } {
  return {
    service: unitFile({
      Unit: { Description: `Kills a hung ${process.name}`, After: `${process.name}.service` },
      Service: { Type: "oneshot", ExecStart: `/usr/bin/python3 /usr/local/lib/bundler/bundler_health.py ${process.name}.service ${String(process.port)}` },
    }),
    timer: unitFile({
      Unit: { Description: `Looks whether ${process.name} answers` },
      Timer: { OnActiveSec: "10s", OnUnitInactiveSec: "5s", AccuracySec: "1s" },
      Install: { WantedBy: "timers.target" },
    }),
  };
}
