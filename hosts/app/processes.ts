import type { Blueprint, Process } from "../../blueprint/types";
import { unit } from "../files";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";
import { environmentPath, nodeProgram, releaseDirectory, secretEnvironmentPath } from "./paths";
import { programFiles, programPath } from "./programs";

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

/** Where a process says that it is alive; undefined for one that listens nowhere. */
function healthUrl({ placement, port, metricsPort }: Process): string | undefined {
  // The dashboard has no such path, and nobody is paged for it.
  if (placement === "firstHost") return undefined;
  if (port !== null) return `http://127.0.0.1:${String(port)}/health`;
  return metricsPort === null ? undefined : `http://127.0.0.1:${String(metricsPort)}/metrics`;
}

/** Units that look every few seconds whether each process answers that can be asked: files, and what to start. */
export function healthPlan(blueprint: Blueprint, processes: readonly Process[]): { files: HostFile[]; units: string[] } {
  const asked = processes.flatMap((process) => {
    const url = healthUrl(process);
    return url === undefined ? [] : [{ name: process.name, url }];
  });
  return {
    files: [
      ...programFiles(blueprint, "health"),
      ...asked.flatMap(({ name, url }) => [
        unit(
          `bundler-health-${name}.service`,
          unitFile({
            Unit: { Description: `Kills a hung ${name}`, After: `${name}.service`, ConditionPathExists: programPath(blueprint, "health") },
            Service: { Type: "oneshot", ExecStart: `/usr/bin/python3 ${programPath(blueprint, "health")} ${name}.service ${url}` },
          }),
        ),
        unit(
          `bundler-health-${name}.timer`,
          unitFile({
            Unit: { Description: `Looks whether ${name} answers` },
            Timer: { OnActiveSec: "10s", OnUnitInactiveSec: "5s", AccuracySec: "1s" },
            Install: { WantedBy: "timers.target" },
          }),
        ),
      ]),
    ],
    units: asked.map(({ name }) => `bundler-health-${name}.timer`),
  };
}
