import type { Item } from "./item";
import type { Region, Stack } from "./stack";

export const securityGroupType = "aws:ec2/securityGroup:SecurityGroup";

/** Names of the security groups that a resource is in; ids are unknown before an update. */
export function securityGroups(stack: Stack, item: Item, property: string): string[] {
  return stack.referred(item, property, securityGroupType).map((group) => group.text("name"));
}

/** Whose group each security group of a region is, by its URN. */
export function ownersOf(region: Region): Map<string, string> {
  const prefix = `${region.blueprint.names.prefix}-`;
  const ownerOf = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  return new Map(region.ofType(securityGroupType).map((group) => [group.urn, ownerOf(group.text("name"))]));
}
