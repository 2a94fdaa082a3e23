import { rule } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";
import { publicBecause } from "../../stack/subnets";

/** Which property names the subnets. */
const placed: Record<string, string> = {
  "aws:rds/subnetGroup:SubnetGroup": "subnetIds",
  "aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
  "aws:autoscaling/group:Group": "vpcZoneIdentifiers",
};

export const dataInPrivateSubnets = rule({
  name: "data-in-private-subnets",
  group: "security",
  description: "data services and every host but those of the edge are in subnets that the internet cannot reach",
  why: "In a public subnet one wrong rule of a security group is enough; in a private one it is nothing.",
  judge: (stack) => {
    const subnets = new Map(
      residents(stack).flatMap(({ item, property }) => stack.referred(item, property, "aws:ec2/subnet:Subnet").map((one) => [one.urn, one])),
    );
    return [...subnets.values()].flatMap((subnet) => {
      const reason = publicBecause(stack, subnet);
      return reason === null
        ? []
        : [
            {
              urn: subnet.urn,
              promised: "a private subnet: data or hosts behind the edge are in it",
              found: reason,
              fix: "move them, or take its public way away",
            },
          ];
    });
  },
});

function residents(stack: Stack): { item: Item; property: string }[] {
  const behind = new Set(stack.regions.flatMap(({ blueprint }) => blueprint.hosts.filter(({ tier }) => tier !== "public").map(({ address }) => address)));
  return [
    ...Object.entries(placed).flatMap(([type, property]) => stack.ofType(type).map((item) => ({ item, property }))),
    ...stack
      .ofType("aws:ec2/instance:Instance")
      .filter((instance) => instance.knows("privateIp") && behind.has(instance.text("privateIp")))
      .map((item) => ({ item, property: "subnetId" })),
  ];
}
