import { otherHostsOf } from "../../../blueprint/otherRegion";
import { differences, missing } from "../../comparison";
import { ownPair, type PairedRegion } from "../../pair";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { hostsOf } from "../../stack/placement";
import type { Stack } from "../../stack/stack";

const connectionType = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";

export const regionsConnected = rule({
  name: "regions-connected",
  group: "redundancy",
  description:
    "at level 3 on own hosts the two networks are peered, the route table of every database and MinIO host leads to the other network, and each region knows those hosts of the other as they are",
  why: "Without a way the second region's database and objects fall behind in silence, and without the right addresses it waits for hosts that are not there.",
  judge: (stack) => {
    const regions = ownPair(stack);
    if (regions === null) return [];
    const [first, second] = regions;
    const known = regions.flatMap((region) => judgeKnowledge(region, region === first ? second : first));
    const [connection, ...more] = stack.ofType(connectionType).filter((one) => joins(stack, one, first, second));
    if (connection === undefined || more.length > 0)
      return [...known, missing(first.region, `one peering of the two networks, not ${String(connection === undefined ? 0 : more.length + 1)}`)];
    return [
      ...known,
      ...(isAccepted(stack, connection) ? [] : [missing(second.region, "a peering that the second region accepts")]),
      ...judgeRoutes(stack, connection, first, second),
      ...judgeRoutes(stack, connection, second, first),
    ];
  },
});

function joins(stack: Stack, connection: Item, first: PairedRegion, second: PairedRegion): boolean {
  const isOf = (property: string, { region }: PairedRegion): boolean =>
    stack.referred(connection, property, "aws:ec2/vpc:Vpc").some((vpc) => stack.isBelow(vpc, region.platform));
  return isOf("vpcId", first) && isOf("peerVpcId", second) && connection.at("peerRegion") === second.blueprint.region;
}

function isAccepted(stack: Stack, connection: Item): boolean {
  return stack
    .ofType("aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter")
    .some((one) => one.references("vpcPeeringConnectionId").includes(connection.urn) && one.at("autoAccept") === true);
}

/** What a region was told of the other, against the other's own blueprint. */
function judgeKnowledge({ region, blueprint }: PairedRegion, { blueprint: other }: PairedRegion): Violation[] {
  const addresses = (hosts: readonly { address: string }[]): string[] => hosts.map(({ address }) => address).sort();
  return differences(region.platform, "what it knows of the other region", [
    ["region", other.region, blueprint.pair.other.region],
    ["site", other.site, blueprint.pair.other.site],
    ["network", other.network.vpcCidr, blueprint.pair.other.vpcCidr],
    ...(["database", "objects"] as const).map((role): [string, unknown, unknown] => [
      `${role} hosts`,
      addresses(other.hosts.filter((host) => host.role === role)),
      addresses(otherHostsOf(blueprint, role)),
    ]),
  ]);
}

function judgeRoutes(stack: Stack, connection: Item, from: PairedRegion, to: PairedRegion): Violation[] {
  const routes = stack
    .ofType("aws:ec2/route:Route")
    .filter(
      (route) => route.references("vpcPeeringConnectionId").includes(connection.urn) && route.at("destinationCidrBlock") === to.blueprint.network.vpcCidr,
    );
  return [...hostsOf(from.region, "database"), ...hostsOf(from.region, "objects")]
    .filter((host) => !tablesOf(stack, host).some((table) => routes.some((route) => route.references("routeTableId").includes(table.urn))))
    .map(({ urn }) => ({
      urn,
      promised: `a route to ${to.blueprint.network.vpcCidr} of ${to.blueprint.region}`,
      found: "its subnet's table has none over the peering",
      fix: "let the program make a route in every zone's table",
    }));
}

/** Route tables of a host's subnet. */
function tablesOf(stack: Stack, host: Item): Item[] {
  const subnets = host.references("subnetId");
  return stack
    .ofType("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter((association) => association.references("subnetId").some((urn) => subnets.includes(urn)))
    .flatMap((association) => stack.referred(association, "routeTableId", "aws:ec2/routeTable:RouteTable"));
}
