import { autoScalingName, backlogMetric, drainHook, hasBacklog } from "../../blueprint/managed/autoScaling";
import type { Blueprint, Group, Machine } from "../../blueprint/types";
import { settingsFile, unit } from "../files";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";
import { programPath } from "./programs";

/** How often a machine asks whether it is to go. */
const pauseSeconds = 5;

interface Plan {
  files: HostFile[];
  units: string[];
}

/** What only a machine of a group has: it ends its work before it goes, and a worker says how much work there is. */
export function groupPlan(blueprint: Blueprint, machine: Machine): Plan {
  const group = blueprint.groups.find(({ name }) => name === machine.name);
  if (group === undefined) return { files: [], units: [] };
  const plans = [drainPlan(blueprint, group), ...(hasBacklog(group) ? [backlogPlan(blueprint)] : [])];
  return { files: plans.flatMap(({ files }) => files), units: plans.flatMap(({ units }) => units) };
}

function drainPlan(blueprint: Blueprint, group: Group): Plan {
  const singletons = blueprint.processes.filter(({ placement }) => placement === "singleton").map(({ name }) => name);
  const units = (names: readonly string[]): string[] => names.map((name) => `${name}.service`);
  const own = group.processes.filter((name) => singletons.includes(name));
  const others = group.processes.filter((name) => !singletons.includes(name));
  // The agent of payment-workers ends it itself. Stopped beside its agent, it ends first, and the agent starts it again.
  const steps = [units([...(own.length > 0 ? ["bundler-singleton"] : []), ...others]), ...(own.length > 0 ? [units(own)] : [])];
  return {
    files: [
      settingsFile("/etc/bundler/drain.json", {
        region: blueprint.region,
        group: autoScalingName(blueprint, group),
        hook: drainHook,
        steps,
        pauseSeconds,
      }),
      unit(
        "bundler-drain.service",
        unitFile({
          Unit: {
            Description: "Ends this machine's work before Auto Scaling takes it",
            Requires: "bundler-artifacts.service",
            After: "bundler-artifacts.service",
          },
          Service: {
            ExecStart: `/usr/bin/python3 ${programPath(blueprint, "drain")} /etc/bundler/drain.json`,
            Restart: "on-failure",
            RestartSec: "5s",
          },
          Install: { WantedBy: "multi-user.target" },
        }),
      ),
    ],
    units: ["bundler-drain.service"],
  };
}

function backlogPlan(blueprint: Blueprint): Plan {
  return {
    files: [
      settingsFile("/etc/bundler/backlog.json", { region: blueprint.region, port: blueprint.proxy.queuesPort, ...backlogMetric(blueprint) }),
      unit(
        "bundler-backlog.service",
        unitFile({
          Unit: {
            Description: "Says how much work the queues hold",
            Requires: "bundler-artifacts.service",
            After: "bundler-artifacts.service haproxy.service",
          },
          Service: { Type: "oneshot", ExecStart: `/usr/bin/python3 ${programPath(blueprint, "backlog")} /etc/bundler/backlog.json`, TimeoutStartSec: "20s" },
        }),
      ),
      unit(
        "bundler-backlog.timer",
        unitFile({
          Unit: { Description: "Says how much work the queues hold" },
          Timer: { OnActiveSec: "30s", OnUnitInactiveSec: `${String(blueprint.timers.backlogSeconds)}s`, AccuracySec: "1s" },
          Install: { WantedBy: "timers.target" },
        }),
      ),
    ],
    units: ["bundler-backlog.timer"],
  };
}
