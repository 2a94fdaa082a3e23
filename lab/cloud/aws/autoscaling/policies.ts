import { randomUUID } from "node:crypto";
import { between, flag, matching, number, object, oneOf, text, type Failure } from "../../model";
import { mustText, objectAt, textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { balancersOf } from "../listenerActions";
import { awsModel } from "../model";
import * as refer from "../references";
import * as types from "../types";
import { checkCustomized, customizedMetric, customizedFaults } from "./customizedMetric";

/** Most scaling policies of a group (EC2 Auto Scaling user guide, quotas). */
const POLICIES_PER_GROUP = 50;

/** The predefined metric that is about one target group, which its resource label names. */
const PER_TARGET = "ALBRequestCountPerTarget";

/** When a group grows and shrinks: it keeps a metric near a target. */
export const policy = awsModel(
  {
    type: types.AUTOSCALING_POLICY,
    noun: "Auto Scaling Policy",
    api: "Auto Scaling",
    calls: { create: "PutScalingPolicy", update: "PutScalingPolicy", delete: "DeletePolicy" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[^:]{1,255}$/, "expected 1 to 255 characters without colons") }),
      autoscalingGroupName: text({ required: true, replaces: true, refers: refer.autoscalingGroup() }),
      policyType: text({ required: true, rule: oneOf("TargetTrackingScaling") }),
      enabled: flag({ default: true }),
      estimatedInstanceWarmup: number({ rule: between(0, 2 ** 31 - 1) }),
      targetTrackingConfiguration: object(
        {
          targetValue: number({ required: true, rule: (value) => (value > 0 ? undefined : `expected a value above 0, got ${String(value)}`) }),
          disableScaleIn: flag(),
          predefinedMetricSpecification: object({
            predefinedMetricType: text({
              required: true,
              rule: oneOf("ASGAverageCPUUtilization", "ASGAverageNetworkIn", "ASGAverageNetworkOut", PER_TARGET),
            }),
            resourceLabel: text({ rule: matching(/^.{1,1023}$/, "expected 1 to 1023 characters") }),
          }),
          customizedMetricSpecification: customizedMetric(),
        },
        { required: true },
      ),
    },
    outputs: ["arn"],
    rule: (inputs) => {
      const tracking = objectAt(inputs, "targetTrackingConfiguration") ?? {};
      return [...bothFault(tracking), ...customizedFaults(objectAt(tracking, "customizedMetricSpecification"))];
    },
    create: ({ inputs, cloud }) => {
      const group = mustText(inputs, "autoscalingGroupName");
      const name = mustText(inputs, "name");
      if (cloud.all(types.AUTOSCALING_POLICY).filter((one) => one.properties["autoscalingGroupName"] === group).length >= POLICIES_PER_GROUP)
        throw new Refusal("LimitExceeded", `The maximum number of scaling policies of a group (${String(POLICIES_PER_GROUP)}) has been reached`);
      checkTracking(inputs, cloud);
      // the real provider's id is the name alone, which is not unique
      return {
        id: `${group}/${name}`,
        outputs: { arn: cloud.arn("autoscaling", `scalingPolicy:${randomUUID()}:autoScalingGroupName/${group}:policyName/${name}`) },
      };
    },
    update: ({ inputs, cloud }) => {
      checkTracking(inputs, cloud);
      return { outputs: {} };
    },
  },
  "untagged",
);

const SPECIFICATIONS = ["predefinedMetricSpecification", "customizedMetricSpecification"];

function bothFault(tracking: Properties): Failure[] {
  return SPECIFICATIONS.every((key) => tracking[key] !== undefined)
    ? [{ property: "targetTrackingConfiguration", reason: `${SPECIFICATIONS.join(" conflicts with ")}: give one of them` }]
    : [];
}

function checkTracking(inputs: Properties, cloud: Cloud): void {
  const tracking = objectAt(inputs, "targetTrackingConfiguration") ?? {};
  const predefined = objectAt(tracking, "predefinedMetricSpecification");
  const customized = objectAt(tracking, "customizedMetricSpecification");
  if (predefined === undefined && customized === undefined)
    throw new Refusal("ValidationError", "One of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified");
  if (predefined !== undefined) checkLabel(predefined, cloud, mustText(inputs, "autoscalingGroupName"));
  if (customized !== undefined) checkCustomized(customized);
}

// A label is the load balancer's and the target group's ARN suffix, as CloudWatch knows them.
function checkLabel(predefined: Properties, cloud: Cloud, groupName: string): void {
  const metric = mustText(predefined, "predefinedMetricType");
  const label = textAt(predefined, "resourceLabel");
  if (metric !== PER_TARGET) {
    if (label !== undefined) throw new Refusal("ValidationError", `Resource label should not be specified for predefined metric type ${metric}`);
    return;
  }
  if (label === undefined) throw new Refusal("ValidationError", `Resource label should be specified for predefined metric type ${PER_TARGET}`);
  const [, balancerSuffix, targetSuffix] = /^(app\/[^/]+\/[^/]+)\/(targetgroup\/[^/]+\/[^/]+)$/.exec(label) ?? [];
  const target = cloud.by(types.TARGET_GROUP, "arnSuffix", targetSuffix);
  const balancer = cloud.by(types.LOAD_BALANCER, "arnSuffix", balancerSuffix);
  if (target === undefined || balancer === undefined) throw new Refusal("ValidationError", `Invalid resource label: ${label}`);
  if (!textsAt(cloud.must(types.AUTOSCALING_GROUP, groupName).properties, "targetGroupArns").includes(target.id))
    throw new Refusal("ValidationError", `The target group of the resource label is not attached to the Auto Scaling group: ${label}`);
  if (!balancersOf(cloud, target.id).includes(balancer.id))
    throw new Refusal("ValidationError", `The load balancer does not route traffic to the target group: ${label}`);
}
