import type { Host } from "../../../blueprint/types";
import { differences, paired } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { securityGroups } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

export const hostsAsPromised = rule({
  name: "hosts-as-promised",
  group: "facts",
  description:
    "every host of the blueprint is one instance, of its type and disk, at its address, in its zone and its role's security group, and there is no other",
  why: "Every sum of the promise counts hosts and zones as the blueprint has them; an instance elsewhere makes them wrong.",
  judge: (stack) => stack.regions.flatMap((region) => judgeRegion(stack, region)),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const { pairs, violations } = paired(
    region,
    "host at address",
    region.blueprint.hosts,
    ({ address }) => address,
    region.ofType("aws:ec2/instance:Instance"),
    (instance) => instance.text("privateIp"),
  );
  return [...violations, ...pairs.flatMap(({ promised, item }) => judgeHost(stack, region, promised, item))];
}

function judgeHost(stack: Stack, { blueprint }: Region, host: Host, instance: Item): Violation[] {
  const [template] = stack.referred(instance, "launchTemplate", "aws:ec2/launchTemplate:LaunchTemplate");
  const [subnet] = stack.referred(instance, "subnetId", "aws:ec2/subnet:Subnet");
  const none = "none of the stack's";
  return differences(instance, host.name, [
    ["zone", host.zone, subnet?.text("availabilityZone") ?? none],
    ["type", host.instanceType, template?.text("instanceType") ?? none],
    ["GiB of root disk", host.rootGib, template?.number("blockDeviceMappings.0.ebs.volumeSize") ?? none],
    ["security group", [`${blueprint.names.prefix}-${host.role}`], securityGroups(stack, instance, "vpcSecurityGroupIds")],
  ]);
}
