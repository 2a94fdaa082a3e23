import { metricNamespace } from "../names";
import type { CommonBlueprint, Group, Metric } from "../types";

/** Name of a group in AWS. */
export function autoScalingName({ names }: Pick<CommonBlueprint, "names">, group: Pick<Group, "name">): string {
  return `${names.prefix}-${group.name}`;
}

/** Whether a group's size follows how much work there is. */
export function hasBacklog({ scaling }: Pick<Group, "scaling">): boolean {
  return scaling !== null && scaling.backlogPerMachine !== null;
}

/** A machine of a group, from its launch to its end. */
export const machineLife = {
  /** From its launch until it serves: packages, release, migrations, processes. */
  warmupSeconds: 300,
  /** For how long a new machine may be unwell: the first ones wait for secrets that the operator fills, and a plain image installs its packages first. */
  graceSeconds: 1800,
  /** What a drain may take beyond its processes' longest stop. */
  drainMarginSeconds: 60,
  /** Two weeks at the most: every boot from user data is a test of it. */
  longestSeconds: 14 * 86_400,
};

/** The hook by which a machine that is to go ends its work first. */
export const drainHook = "drain";

/** Where workers say how much work the queues hold. */
export function backlogMetric({ names }: Pick<CommonBlueprint, "names">): Metric {
  return { namespace: metricNamespace, metric: "Backlog", dimension: { Name: "Stack", Value: names.prefix } };
}
