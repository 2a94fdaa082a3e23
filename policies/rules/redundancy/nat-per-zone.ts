import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { zoneOf } from "../../stack/placement";
import type { Region, Stack } from "../../stack/stack";

export const natPerZone = rule({
  name: "nat-per-zone",
  group: "redundancy",
  description: "what leaves a private or data subnet leaves by a NAT gateway in the subnet's own zone",
  why: "One NAT gateway for all is a zone that every other zone hangs on: no payment is settled and no bundle posted while it is gone.",
  judge: (stack) => [
    ...stack.regions.flatMap((region) => wayless(stack, region)),
    ...stack.ofType("aws:ec2/subnet:Subnet").flatMap((subnet) => {
      const own = subnet.text("availabilityZone");
      return gateways(stack, subnet)
        .map((gateway) => zoneOf(stack, gateway))
        .filter((zone) => zone !== own)
        .map((zone) => ({
          urn: subnet.urn,
          promised: `a NAT gateway in ${own}`,
          found: `its default route goes to one in ${zone}`,
          fix: "give each zone a route table whose default route is that zone's own NAT gateway",
        }));
    }),
  ],
});

/** Subnets of the blueprint's private and data networks that have no way out at all. */
function wayless(stack: Stack, region: Region): Violation[] {
  const inside = new Set(region.blueprint.network.zones.flatMap(({ cidrs }) => [cidrs.private, cidrs.data]));
  return region
    .ofType("aws:ec2/subnet:Subnet")
    .filter((subnet) => inside.has(subnet.text("cidrBlock")) && gateways(stack, subnet).length === 0)
    .map((subnet) => ({
      urn: subnet.urn,
      promised: "a default route by a NAT gateway",
      found: "none",
      fix: "join the subnet to its zone's route table, and give that a default route to the zone's NAT gateway",
    }));
}

/** NAT gateways of the default routes of a subnet's route table, whether they are resources of their own or the table's. */
function gateways(stack: Stack, subnet: Item): Item[] {
  const nat = "aws:ec2/natGateway:NatGateway";
  const refersTo = (item: Item, property: string, other: Item): boolean => item.references(property).includes(other.urn);
  const tables = stack
    .ofType("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter((association) => refersTo(association, "subnetId", subnet))
    .flatMap((association) => stack.referred(association, "routeTableId", "aws:ec2/routeTable:RouteTable"));
  return tables.flatMap((table) => [
    ...stack.referred(table, "routes", nat),
    ...stack
      .ofType("aws:ec2/route:Route")
      .filter((route) => refersTo(route, "routeTableId", table) && route.at("destinationCidrBlock") === "0.0.0.0/0")
      .flatMap((route) => stack.referred(route, "natGatewayId", nat)),
  ]);
}
