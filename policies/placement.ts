import type { SubnetTier } from "../blueprint/types";
import type { Item } from "./stack/item";
import type { Region, Stack } from "./stack/stack";

export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";

/** Names of the security groups that a resource is in; ids are unknown before an update. */
export function securityGroups(stack: Stack, item: Item, property: string): string[] {
  return stack.referred(item, property, securityGroupType).map((group) => group.text("name"));
}

/** Where a resource's subnets are: zone and network of each, in order. */
export function places(stack: Stack, item: Item, property: string): string[] {
  return stack
    .referred(item, property, "aws:ec2/subnet:Subnet")
    .map((subnet) => `${subnet.text("availabilityZone")} ${subnet.text("cidrBlock")}`)
    .sort();
}

/** Where the subnets of a tier should be, in the words of `places`. */
export function placesOf({ blueprint }: Region, tier: SubnetTier): string[] {
  return blueprint.network.zones.map(({ name, cidrs }) => `${name} ${cidrs[tier]}`).sort();
}

/** Whose group each security group of a region is, by its URN. */
export function ownersOf(region: Region): Map<string, string> {
  const prefix = `${region.blueprint.names.prefix}-`;
  const ownerOf = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  return new Map(region.ofType(securityGroupType).map((group) => [group.urn, ownerOf(group.text("name"))]));
}
