import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

/** Without one of these a group leaves a lost machine lost (EC2 Auto Scaling user guide, suspend and resume processes). */
const needed = ["Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy"];

export const unhealthyReplaced = rule({
  name: "unhealthy-replaced",
  group: "detection",
  description: "every Auto Scaling group replaces a machine that does not answer where it serves, and never takes one away before its successor serves",
  why: "EC2's own checks see hardware only: a machine whose process hangs would be counted as capacity for ever.",
  limits: {
    graceSeconds: { what: "seconds for which a new machine may be unwell", stricter: "lower", of: () => 1800 },
    healthyPercent: { what: "percent of a group that stay in service while machines are replaced", stricter: "higher", of: () => 100 },
  },
  judge: (stack, { graceSeconds, healthyPercent }) =>
    stack
      .ofType("aws:autoscaling/group:Group")
      .flatMap((group) => [
        ...(serves(group) && group.text("healthCheckType") !== "ELB"
          ? [violation(group, "health by what the load balancer sees", `healthCheckType ${group.text("healthCheckType")}`, "set healthCheckType to ELB")]
          : []),
        ...atMost(group, "healthCheckGracePeriod", graceSeconds),
        ...atLeast(group, "instanceMaintenancePolicy.minHealthyPercentage", healthyPercent),
        ...atLeast(group, "instanceRefresh.preferences.minHealthyPercentage", healthyPercent),
        ...suspended(group).map((process) =>
          violation(group, `a group that goes on with ${process}`, "it is suspended", "resume it, and take it out of suspendedProcesses"),
        ),
      ]),
});

/** Target groups by their ARNs, which are unknown before an update, or by reference. */
function serves(group: Item): boolean {
  return group.references("targetGroupArns").length > 0 || (group.has("targetGroupArns") && group.list("targetGroupArns").length > 0);
}

/** AWS suspends nothing by itself, so a group that says nothing has nothing suspended. */
function suspended(group: Item): string[] {
  return group.has("suspendedProcesses") ? needed.filter((process) => group.list("suspendedProcesses").includes(process)) : [];
}

function atMost(group: Item, path: string, most: number): Violation[] {
  const found = group.number(path);
  return found <= most ? [] : [violation(group, `${path} of at most ${String(most)}`, String(found), `set ${path} to ${String(most)} or less`)];
}

function atLeast(group: Item, path: string, least: number): Violation[] {
  const found = group.number(path);
  return found >= least ? [] : [violation(group, `${path} of at least ${String(least)}`, String(found), `set ${path} to ${String(least)} or more`)];
}

function violation(group: Item, promised: string, found: string, fix: string): Violation {
  return { urn: group.urn, promised, found, fix };
}
