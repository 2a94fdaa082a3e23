import { autoScalingName, backlogMetric } from "../../../blueprint/managed/autoScaling";
import type { Group, ManagedBlueprint } from "../../../blueprint/types";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const scalingFollowsLoad = rule({
  name: "scaling-follows-load",
  group: "detection",
  description: "from level 2 on, every managed group grows with its processors' load, and workers with their backlog, at the blueprint's targets",
  why: "After a zone is lost the rest does its work too; without a policy the queue grows until somebody is awake.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      if (blueprint.hosting !== "managed" || blueprint.level < 2) return [];
      return blueprint.groups.flatMap((group) => judgeGroup(stack, region, blueprint, group));
    }),
});

function judgeGroup(stack: Stack, region: Region, blueprint: ManagedBlueprint, group: Group): Violation[] {
  const item = region.ofType("aws:autoscaling/group:Group").find((one) => one.text("name") === autoScalingName(blueprint, group));
  // A group that is not there is what groups-as-promised says.
  if (item === undefined) return [];
  if (group.scaling === null)
    return [
      {
        urn: item.urn,
        promised: `${group.name} grows with its load`,
        found: `least and most are ${String(group.maximum)}`,
        fix: `set ${group.name}MaxHosts above ${group.name}Hosts in the stack's config`,
      },
    ];
  const policies = stack.ofType("aws:autoscaling/policy:Policy").filter((policy) => policy.references("autoscalingGroupName").includes(item.urn));
  const { cpuPercent, backlogPerMachine } = group.scaling;
  return [
    ...follows(item, policies, `${String(cpuPercent)} % of its processors`, cpuPercent, isOfCpu),
    ...(backlogPerMachine === null
      ? []
      : follows(item, policies, `${String(backlogPerMachine)} jobs a machine`, backlogPerMachine, (policy) => isOfBacklog(policy, blueprint))),
  ];
}

function follows(group: Item, policies: readonly Item[], what: string, target: number, fits: (policy: Item) => boolean): Violation[] {
  const policy = policies.find((one) => one.text("policyType") === "TargetTrackingScaling" && fits(one));
  const promised = `a size that follows ${what}`;
  if (policy === undefined) return [{ urn: group.urn, promised, found: "no policy that does", fix: "let the program make the group's policies" }];
  const [found, on] = [policy.number("targetTrackingConfiguration.targetValue"), policy.flag("enabled")];
  if (found === target && on) return [];
  return [
    { urn: policy.urn, promised, found: on ? `a target of ${String(found)}` : "a policy that is off", fix: `enable it with a target of ${String(target)}` },
  ];
}

function isOfCpu(policy: Item): boolean {
  return policy.at("targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType") === "ASGAverageCPUUtilization";
}

/** The metric that the workers themselves write. */
function isOfBacklog(policy: Item, blueprint: ManagedBlueprint): boolean {
  const { namespace, metric, dimension } = backlogMetric(blueprint);
  const path = "targetTrackingConfiguration.customizedMetricSpecification.metrics";
  if (!policy.has(path)) return false;
  return [...policy.list(path).keys()]
    .map((index) => `${path}.${String(index)}.metricStat.metric`)
    .some(
      (at) =>
        policy.at(`${at}.namespace`) === namespace &&
        policy.at(`${at}.metricName`) === metric &&
        policy.at(`${at}.dimensions.0.name`) === dimension.Name &&
        policy.at(`${at}.dimensions.0.value`) === dimension.Value,
    );
}
