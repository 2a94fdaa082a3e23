import { autoScalingName } from "../../../blueprint/managed/autoScaling";
import type { Group } from "../../../blueprint/types";
import { differences, paired } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { places, placesOf } from "../../stack/placement";
import { securityGroups } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

const targetGroupType = "aws:lb/targetGroup:TargetGroup";

export const groupsAsPromised = rule({
  name: "groups-as-promised",
  group: "facts",
  description:
    "every group of the blueprint is one Auto Scaling group, of its least and most, over its zones and behind its ports, with its machines' type, disk and security group, and there is no other",
  why: "What is left after a zone is lost is counted from the least machines, their zones and their type as the blueprint has them.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { pairs, violations } = paired(
        region,
        "group",
        region.blueprint.groups,
        (group) => autoScalingName(region.blueprint, group),
        region.ofType("aws:autoscaling/group:Group"),
        (item) => item.text("name"),
      );
      return [...violations, ...pairs.flatMap(({ promised, item }) => judgeGroup(stack, region, promised, item))];
    }),
});

function judgeGroup(stack: Stack, region: Region, group: Group, item: Item): Violation[] {
  const { prefix } = region.blueprint.names;
  const [template] = stack.referred(item, "launchTemplate", "aws:ec2/launchTemplate:LaunchTemplate");
  if (template === undefined)
    return [
      { urn: item.urn, promised: `${group.name} has a launch template of the stack's`, found: "none", fix: "let the program make the group with its template" },
    ];
  return [
    ...differences(item, group.name, [
      ["a least size of", group.minimum, item.number("minSize")],
      ["a greatest size of", group.maximum, item.number("maxSize")],
      ["subnets", placesOf(region, group.tier), places(stack, item, "vpcZoneIdentifiers")],
      // Every API host runs both services; workers are asked by nobody.
      ["ports", group.role === "api" ? portsOf(region.ofType(targetGroupType)) : [], portsOf(stack.referred(item, "targetGroupArns", targetGroupType))],
    ]),
    ...differences(template, group.name, [
      ["type", group.instanceType, template.text("instanceType")],
      ["GiB of root disk", group.rootGib, template.number("blockDeviceMappings.0.ebs.volumeSize")],
      ["security group", [`${prefix}-${group.role}`], securityGroups(stack, template, "vpcSecurityGroupIds")],
    ]),
  ];
}

function portsOf(targetGroups: readonly Item[]): string[] {
  return targetGroups.map((group) => `${group.text("protocol")} ${String(group.number("port"))}`).sort();
}
