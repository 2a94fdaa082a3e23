import { between, flag, list, matching, number, object, oneOf, set, text, type Shape } from "../../model";
import { integerAt, isOn, objectAt, textAt, type Json, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { templateVersion } from "../launchTemplates";
import * as types from "../types";

/** Arguments of the real provider's resource that may start a refresh, by its own names. A launch template always does. */
const TRIGGERS = [
  ...["availability_zone_distribution", "capacity_rebalance", "default_cooldown", "default_instance_warmup", "desired_capacity", "enabled_metrics"],
  ...["health_check_grace_period", "health_check_type", "instance_maintenance_policy", "launch_template", "max_instance_lifetime", "max_size"],
  ...["metrics_granularity", "min_size", "protect_from_scale_in", "tag", "target_group_arns", "termination_policies", "vpc_zone_identifier"],
];

const wholeSeconds = matching(/^(\d+)?$/, "expected whole seconds");

/** How the hosts of a group are replaced when its template changes. */
export const instanceRefresh = (): Shape =>
  object({
    strategy: text({ required: true, rule: oneOf("Rolling") }),
    triggers: set(text({ rule: oneOf(...TRIGGERS) })),
    preferences: object(
      {
        minHealthyPercentage: number({ rule: between(0, 100) }),
        maxHealthyPercentage: number({ rule: between(100, 200) }),
        instanceWarmup: text({ rule: wholeSeconds }),
        skipMatching: flag(),
        autoRollback: flag(),
        checkpointDelay: text({ rule: wholeSeconds }),
        checkpointPercentages: list(number({ rule: between(1, 100) }), { rule: ascending }),
        scaleInProtectedInstances: text({ rule: oneOf("Refresh", "Ignore", "Wait") }),
        standbyInstances: text({ rule: oneOf("Terminate", "Ignore", "Wait") }),
        alarmSpecification: object({ alarms: list(text(), { required: true }) }),
      },
      { rule: apart },
    ),
  });

function ascending(percentages: Json[]): string | undefined {
  const rising = percentages.every((one, index) => index === 0 || Number(one) > Number(percentages[index - 1]));
  return rising ? undefined : "expected percentages that rise";
}

// AWS takes 90 for the least when none is given (EC2 Auto Scaling API, RefreshPreferences)
function apart(preferences: Properties): string | undefined {
  const most = integerAt(preferences, "maxHealthyPercentage");
  const least = integerAt(preferences, "minHealthyPercentage") ?? 90;
  return most !== undefined && most - least > 100 ? `${String(least)} and ${String(most)} percent are more than 100 apart` : undefined;
}

/**
 * Refuses an automatic rollback that cannot be: to a version without a number, or to an image that an SSM parameter names
 * (EC2 Auto Scaling user guide, rollback). AWS says so when the first refresh starts, this cloud as soon as it is asked for.
 */
export function checkRollback(inputs: Properties, cloud: Cloud): void {
  if (!isOn(objectAt(objectAt(inputs, "instanceRefresh"), "preferences"), "autoRollback")) return;
  const named = objectAt(inputs, "launchTemplate");
  const version = textAt(named, "version") ?? "$Default";
  if (version.startsWith("$")) throw new Refusal("ValidationError", `AutoRollback needs a launch template version that is a number, got ${version}`);
  const template = cloud.get(types.LAUNCH_TEMPLATE, textAt(named, "id")) ?? cloud.by(types.LAUNCH_TEMPLATE, "name", textAt(named, "name"));
  const image = template === undefined ? undefined : textAt(templateVersion(cloud, template, version), "imageId");
  if (image?.startsWith("resolve:ssm:") === true)
    throw new Refusal("ValidationError", `AutoRollback needs a launch template with an AMI ID, got the Systems Manager parameter ${image}`);
}
