import { otherHostsOf } from "../../../blueprint/otherRegion";
import { rule } from "../../rule";
import type { Item } from "../../stack/item";
import { openings } from "../../stack/openings";
import { ownersOf } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

/** Which property names the groups. */
const stores: Record<string, string> = {
  "aws:rds/instance:Instance": "vpcSecurityGroupIds",
  "aws:rds/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:elasticache/replicationGroup:ReplicationGroup": "securityGroupIds",
};

export const dataAdmitsOnlyGroups = rule({
  name: "data-admits-only-groups",
  group: "security",
  description:
    "databases, Redis and object hosts are reached by members of security groups, and by no address as such, but for databases and MinIO of two regions of own hosts by each other's, one by one",
  why: "The queues' Redis asks for no password: whatever gets an address in a range that is let in owns every job.",
  judge: (stack) => {
    const groups = new Set(dataGroups(stack));
    const admitted = new Set(stack.regions.flatMap(otherHostsLetIn));
    return openings(stack)
      .filter(({ group, from }) => group !== null && groups.has(group) && !from.every((range) => admitted.has(`${group.urn} ${range}`)))
      .map(({ item, group, from, what }) => ({
        urn: item.urn,
        promised: "only security groups are let in",
        found: `${group?.name ?? ""} is open to ${from.join(", ")} for ${what}`,
        fix: "name the group of the hosts that need it (referencedSecurityGroupId)",
      }));
  },
});

/** A rule cannot name a group of another region: its database and MinIO hosts are let in by their fixed addresses, at the group of their own role only. */
function otherHostsLetIn(region: Region): string[] {
  const between = new Set(region.blueprint.flows.filter(({ from }) => from === "other-region").map(({ to }) => to));
  return [...ownersOf(region)].flatMap(([urn, owner]) =>
    [...between].filter((role) => role === owner).flatMap((role) => otherHostsOf(region.blueprint, role).map(({ address }) => `${urn} ${address}/32`)),
  );
}

function dataGroups(stack: Stack): Item[] {
  const named = (item: Item, property: string): Item[] => stack.referred(item, property, "aws:ec2/securityGroup:SecurityGroup");
  const dataAddresses = new Set(stack.regions.flatMap(({ blueprint }) => blueprint.hosts.filter(({ tier }) => tier === "data").map(({ address }) => address)));
  return [
    ...Object.entries(stores).flatMap(([type, property]) => stack.ofType(type).flatMap((item) => named(item, property))),
    ...stack
      .ofType("aws:ec2/instance:Instance")
      .filter((instance) => instance.knows("privateIp") && dataAddresses.has(instance.text("privateIp")))
      .flatMap((instance) => named(instance, "vpcSecurityGroupIds")),
  ];
}
