import type { Blueprint, Machine, Process } from "../../blueprint/types";
import { unit } from "../files";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";
import { leaseFiles, singletonSettings } from "./lease";
import { databaseEnvironmentPath, environmentPath, nodeProgram, releaseDirectory, secretEnvironmentPath } from "./paths";
import { programPath } from "./programs";

/** After a loss of the queues' data the limit is gone with it; this is how long a second planner could run. */
const planLimitMinutes = 5;

/** The application's own call; the id makes a second one in the same period the same job. */
function verifyCommand(minutes: number): string {
  return [
    'const q=require("./lib/arch/queues"),{jobLabels}=require("./lib/constants");',
    `q.enqueue(jobLabels.verifyBundle,{planId:"timer-"+Math.floor(Date.now()/${String(minutes * 60_000)})}).then(()=>process.exit(0),()=>process.exit(1))`,
  ].join("");
}

/** What only worker hosts have: the agent of `payment-workers`, and the platform's timers. */
export function workerFiles(blueprint: Blueprint, machine: Machine, workers: Process): HostFile[] {
  const { singleton, proxy, timers } = blueprint;
  return [
    ...leaseFiles(blueprint, machine),
    unit(
      "bundler-singleton.service",
      unitFile({
        Unit: {
          Description: "Decides with the other worker hosts who runs payment-workers",
          Requires: "bundler-secrets.service",
          After: "bundler-secrets.service bundler-migrate.service network-online.target",
          Wants: "network-online.target",
          StartLimitIntervalSec: "0",
        },
        Service: {
          Type: "exec",
          RuntimeDirectory: "bundler-singleton",
          // A restarted agent goes on with the lease that its predecessor had.
          RuntimeDirectoryPreserve: "yes",
          ...(blueprint.hosting === "managed" ? { EnvironmentFile: databaseEnvironmentPath } : {}),
          ExecStart: `/usr/bin/python3 ${programPath(blueprint, "singleton")} ${singletonSettings}`,
          Restart: "always",
          RestartSec: "100ms",
          KillMode: "mixed",
          TimeoutStopSec: `${String(singleton.leaseSeconds * 3)}s`,
          OOMScoreAdjust: "-600",
        },
        Install: { WantedBy: "multi-user.target" },
      }),
    ),
    unit(
      "bundler-verify.service",
      unitFile({
        Unit: { Description: "Asks for the verification of seeded bundles", After: "bundler-singleton.service" },
        Service: {
          Type: "oneshot",
          // Once in the platform: where payment-workers runs.
          ExecCondition: "/usr/bin/systemctl is-active --quiet payment-workers.service",
          User: "bundler",
          Group: "bundler",
          WorkingDirectory: `${releaseDirectory}/${workers.directory}`,
          EnvironmentFile: [environmentPath(workers.name), secretEnvironmentPath(workers.name)],
          ExecStart: `${nodeProgram} -e '${verifyCommand(timers.verifyBundleMinutes)}'`,
          TimeoutStartSec: "60s",
        },
      }),
    ),
    unit("bundler-verify.timer", timer("Asks for the verification of seeded bundles", timers.verifyBundleMinutes)),
    unit(
      "bundler-plan-limit.service",
      unitFile({
        Unit: { Description: "Keeps the platform to one planner at a time", Requires: "haproxy.service", After: "haproxy.service" },
        Service: {
          Type: "oneshot",
          // What BullMQ's setGlobalConcurrency writes.
          ExecStart: `/usr/bin/redis-cli -e -h 127.0.0.1 -p ${String(proxy.queuesPort)} HSET bull:upload-plan-bundle:meta concurrency 1`,
          TimeoutStartSec: "30s",
          Restart: "on-failure",
          RestartSec: "5s",
        },
      }),
    ),
    unit("bundler-plan-limit.timer", timer("Keeps the platform to one planner at a time", planLimitMinutes)),
  ];
}

/** Units that worker hosts start beside the processes. */
export const workerUnits = ["bundler-singleton.service", "bundler-verify.timer", "bundler-plan-limit.timer"];

function timer(description: string, minutes: number): string {
  return unitFile({
    Unit: { Description: description },
    Timer: { OnActiveSec: "30s", OnUnitInactiveSec: `${String(minutes)}min`, AccuracySec: "1s" },
    Install: { WantedBy: "timers.target" },
  });
}
