import { randomUUID } from "node:crypto";
import { stable } from "../../difference";
import { withInputs } from "../../projection";
import { integerAt, mustText, objectAt, objectsAt, textAt, textsAt, type Properties } from "../../properties";
import { Refusal } from "../fault";
import { namedTemplate } from "../launch";
import { awsModel, type AwsModel } from "../model";
import * as types from "../types";
import { checkCapacity, desiredOf } from "./capacity";
import { groupFaults, groupFields } from "./groupFields";
import { checkRollback } from "./instanceRefresh";
import { checkInitialHooks } from "./lifecycleHooks";
import { checkPlace, judgeLaunches, serviceLinkedRole, zonesOf } from "./placement";

/**
 * A group of like hosts. It keeps no record of instances: what it would launch is judged as a launch is, in each of its
 * subnets, and forgotten. Its initial lifecycle hooks are made with it; as with the real provider, later changes of them do
 * nothing.
 */
export const group: AwsModel = awsModel(
  {
    type: types.AUTOSCALING_GROUP,
    noun: "Auto Scaling Group",
    api: "Auto Scaling",
    calls: { create: "CreateAutoScalingGroup", update: "UpdateAutoScalingGroup", delete: "DeleteAutoScalingGroup" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: groupFields,
    outputs: ["arn", "availabilityZones", "predictedCapacity", "serviceLinkedRoleArn", "warmPoolSize"],
    rule: groupFaults,
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(types.AUTOSCALING_GROUP, name) !== undefined)
        throw new Refusal("AlreadyExists", `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`);
      const desired = desiredOf(inputs);
      checkCapacity(inputs, desired);
      checkPlace(inputs, cloud);
      checkRollback(inputs, cloud);
      checkInitialHooks(inputs, cloud);
      judgeLaunches(inputs, desired, cloud);
      return {
        id: name,
        internal: { hooks: objectsAt(inputs, "initialLifecycleHooks").map((hook) => mustText(hook, "name")) },
        outputs: {
          arn: cloud.arn("autoscaling", `autoScalingGroup:${randomUUID()}:autoScalingGroupName/${name}`),
          launchTemplate: namedTemplate(inputs, cloud),
          desiredCapacity: desired,
          availabilityZones: zonesOf(inputs, cloud),
          targetGroupArns: textsAt(inputs, "targetGroupArns"),
          healthCheckType: textAt(inputs, "healthCheckType") ?? "EC2",
          defaultCooldown: integerAt(inputs, "defaultCooldown") ?? 300,
          availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-best-effort", ...objectAt(inputs, "availabilityZoneDistribution") },
          predictedCapacity: 0,
          serviceLinkedRoleArn: serviceLinkedRole,
          warmPoolSize: 0,
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const before = resource.properties;
      const had = integerAt(before, "desiredCapacity") ?? 0;
      const desired = desiredOf(inputs, had);
      const launchTemplate = namedTemplate(inputs, cloud);
      const after: Properties = { ...withInputs(group, before, inputs), launchTemplate };
      checkCapacity(inputs, desired);
      checkPlace(after, cloud);
      checkRollback(after, cloud);
      const changed = ["launchTemplate", "vpcZoneIdentifiers"].some((key) => stable(after[key] ?? null) !== stable(before[key] ?? null));
      if (changed || desired > had) judgeLaunches(after, desired, cloud);
      return { outputs: { desiredCapacity: desired, launchTemplate, availabilityZones: zonesOf(after, cloud) } };
    },
    volatile: (olds, news) =>
      ["minSize", "maxSize"].some((key) => olds[key] !== news[key]) && news["desiredCapacity"] === undefined ? ["desiredCapacity"] : [],
  },
  "untagged",
);
