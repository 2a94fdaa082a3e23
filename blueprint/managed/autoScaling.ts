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

/** The hook by which a machine that is to go ends its work first. */
export const drainHook = "drain";

/** Where workers say how much work the queues hold. */
export function backlogMetric({ names }: Pick<CommonBlueprint, "names">): Metric {
  return { namespace: metricNamespace, metric: "Backlog", dimension: { Name: "Stack", Value: names.prefix } };
}
