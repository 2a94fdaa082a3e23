import type { Blueprint, Process } from "../../blueprint/types";
import type { Asked } from "../health/units";
import { confined, unitFile } from "../systemd";
import { fence } from "./fence";
import { environmentPath, nodeProgram, releaseDirectory, secretEnvironmentPath } from "./paths";

const before = "bundler-secrets.service bundler-artifacts.service bundler-migrate.service";

/** How a process of the application runs: after its secrets, its release, its migrations and the data proxy. */
export function processService(blueprint: Blueprint, process: Process): string {
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
      ...fence(blueprint, process),
      ExecStart: `${nodeProgram} ${process.entry}`,
      Restart: "always",
      RestartSec: "1s",
      // SIGTERM to the process, and to all of it only when the time is over: a drain is not cut.
      KillMode: "mixed",
      TimeoutStopSec: `${String(process.stopSeconds)}s`,
      LimitNOFILE: "65536",
      ...confined,
      PrivateDevices: "yes",
    },
    // The singleton is started by its agent only.
    ...(singleton ? {} : { Install: { WantedBy: "multi-user.target" } }),
  });
}

/** Where a process says that it is alive; undefined for one that listens nowhere. */
function healthUrl({ name, port, metricsPort }: Process): string | undefined {
  // The dashboard has no such path, and nobody is paged for it.
  if (name === "admin-dashboard") return undefined;
  if (port !== null) return `http://127.0.0.1:${String(port)}/health`;
  return metricsPort === null ? undefined : `http://127.0.0.1:${String(metricsPort)}/metrics`;
}

/** The processes that can be asked, and where. */
export function askedProcesses(processes: readonly Process[]): Asked[] {
  return processes.flatMap((process) => {
    const url = healthUrl(process);
    return url === undefined ? [] : [{ name: process.name, url }];
  });
}
