import { object, set, text, type Failure, type Fields } from "../model";
import { mustText, objectsAt, textAt, type Properties } from "../properties";
import { isBlock } from "./cidr";
import { ACCOUNT, hex, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";
import { vpcOfSubnet } from "./vpc";

const TARGETS = ["gatewayId", "natGatewayId", "vpcPeeringConnectionId"];

const targets: Fields = {
  gatewayId: text({ refers: refer.gateway() }),
  natGatewayId: text({ refers: refer.natGateway() }),
  vpcPeeringConnectionId: text({ refers: refer.peering("nothing") }),
};

function vpcOfTable(cloud: Cloud, tableId: string): string {
  const table = cloud.get(types.ROUTE_TABLE, tableId);
  return table === undefined ? (cloud.by(types.VPC, "mainRouteTableId", tableId)?.id ?? "") : mustText(table.properties, "vpcId");
}

function requireSameNetwork(cloud: Cloud, tableId: string, vpcId: string, route: Properties): void {
  const gatewayId = textAt(route, "gatewayId");
  const natId = textAt(route, "natGatewayId");
  if (gatewayId !== undefined && gatewayId !== "local" && cloud.must(types.INTERNET_GATEWAY, gatewayId).properties["vpcId"] !== vpcId) {
    throw new Refusal("InvalidParameterValue", `route table ${tableId} and network gateway ${gatewayId} belong to different networks`);
  }
  if (natId !== undefined && vpcOfSubnet(cloud, mustText(cloud.must(types.NAT_GATEWAY, natId).properties, "subnetId")) !== vpcId) {
    throw new Refusal("InvalidParameterValue", `route table ${tableId} and NAT gateway ${natId} belong to different networks`);
  }
  const peering = peeringOf(cloud, route);
  if (peering !== undefined && !["vpcId", "peerVpcId"].some((end) => peering[end] === vpcId))
    throw new Refusal(
      "InvalidParameterValue",
      `route table ${tableId} and interface ${mustText(route, "vpcPeeringConnectionId")} belong to different networks`,
    );
}

function peeringOf(cloud: Cloud, route: Properties): Properties | undefined {
  return cloud.anywhere(types.PEERING, "id", textAt(route, "vpcPeeringConnectionId"))?.properties;
}

// A route to a connection that nobody has accepted is taken, and leads nowhere.
function stateOf(cloud: Cloud, route: Properties): string {
  const peering = peeringOf(cloud, route);
  return peering === undefined || peering["acceptStatus"] === "active" ? "active" : "blackhole";
}

function exactlyOneTarget(route: Properties, at: string): Failure[] {
  const given = TARGETS.filter((key) => route[key] !== undefined);
  return given.length === 1 ? [] : [{ property: at, reason: `${at}: exactly one of ${TARGETS.join(", ")} must be given, got ${String(given.length)}` }];
}

/** A route table with its routes inline, if it has any. */
export const routeTable = awsModel(
  {
    type: types.ROUTE_TABLE,
    noun: "EC2 Route Table",
    api: "EC2",
    calls: { create: "CreateRouteTable", update: "CreateRoute", delete: "DeleteRouteTable" },
    scope: "region",
    inputs: {
      vpcId: text({ required: true, replaces: true, refers: refer.vpc() }),
      routes: set(object({ cidrBlock: text({ required: true, rule: isBlock }), ...targets }), { computed: true }),
    },
    outputs: ["arn", "ownerId"],
    rule: (inputs) => objectsAt(inputs, "routes").flatMap((route, index) => exactlyOneTarget(route, `routes[${String(index)}]`)),
    create: ({ inputs, cloud }) => {
      const id = newId("rtb");
      checkInline(cloud, id, mustText(inputs, "vpcId"), inputs);
      return { id, outputs: { arn: cloud.arn("ec2", `route-table/${id}`), ownerId: ACCOUNT, routes: objectsAt(inputs, "routes") } };
    },
    update: ({ inputs, cloud, resource }) => {
      checkInline(cloud, resource.id, mustText(resource.properties, "vpcId"), inputs);
      return { outputs: {} };
    },
  },
  "tagged",
);

function checkInline(cloud: Cloud, tableId: string, vpcId: string, inputs: Properties): void {
  const seen = new Set<string>();
  for (const route of objectsAt(inputs, "routes")) {
    requireSameNetwork(cloud, tableId, vpcId, route);
    const destination = mustText(route, "cidrBlock");
    if (seen.has(destination)) throw new Refusal("RouteAlreadyExists", `The route identified by ${destination} already exists.`);
    seen.add(destination);
  }
}

/** One route of a table. */
export const route = awsModel(
  {
    type: types.ROUTE,
    noun: "EC2 Route",
    api: "EC2",
    calls: { create: "CreateRoute", update: "ReplaceRoute", delete: "DeleteRoute" },
    scope: "region",
    inputs: {
      routeTableId: text({ required: true, replaces: true, refers: refer.routeTable("goesToo") }),
      destinationCidrBlock: text({ required: true, replaces: true, rule: isBlock }),
      ...targets,
    },
    outputs: ["instanceId", "instanceOwnerId", "origin", "state"],
    rule: (inputs) => exactlyOneTarget(inputs, "the route's target"),
    create: ({ inputs, cloud }) => {
      const tableId = mustText(inputs, "routeTableId");
      const destination = mustText(inputs, "destinationCidrBlock");
      const inline = objectsAt(cloud.get(types.ROUTE_TABLE, tableId)?.properties, "routes").some((one) => one["cidrBlock"] === destination);
      const taken = cloud.all(types.ROUTE).some((one) => one.properties["routeTableId"] === tableId && one.properties["destinationCidrBlock"] === destination);
      if (inline || taken) throw new Refusal("RouteAlreadyExists", `The route identified by ${destination} already exists.`);
      requireSameNetwork(cloud, tableId, vpcOfTable(cloud, tableId), inputs);
      return {
        id: `r-${tableId}${String(Number.parseInt(hex(8), 16))}`,
        outputs: { instanceId: "", instanceOwnerId: "", origin: "CreateRoute", state: stateOf(cloud, inputs) },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const tableId = mustText(resource.properties, "routeTableId");
      requireSameNetwork(cloud, tableId, vpcOfTable(cloud, tableId), inputs);
      return { outputs: { state: stateOf(cloud, inputs) } };
    },
  },
  "untagged",
);

/** The route table of a subnet; a subnet has one. */
export const routeTableAssociation = awsModel(
  {
    type: types.ROUTE_TABLE_ASSOCIATION,
    noun: "EC2 Route Table Association",
    api: "EC2",
    calls: { create: "AssociateRouteTable", update: "ReplaceRouteTableAssociation", delete: "DisassociateRouteTable" },
    scope: "region",
    inputs: {
      routeTableId: text({ required: true, refers: refer.routeTable(refer.routeTableInUse) }),
      subnetId: text({ required: true, replaces: true, refers: refer.subnet("goesToo") }),
    },
    outputs: [],
    create: ({ inputs, cloud }) => {
      const tableId = mustText(inputs, "routeTableId");
      const subnetId = mustText(inputs, "subnetId");
      requireOwnTable(cloud, tableId, subnetId);
      if (cloud.by(types.ROUTE_TABLE_ASSOCIATION, "subnetId", subnetId) !== undefined) {
        throw new Refusal("Resource.AlreadyAssociated", `the specified association for route table ${tableId} conflicts with an existing association`);
      }
      return { id: newId("rtbassoc"), outputs: {} };
    },
    update: ({ inputs, cloud, resource }) => {
      requireOwnTable(cloud, mustText(inputs, "routeTableId"), mustText(resource.properties, "subnetId"));
      return { outputs: {} };
    },
  },
  "untagged",
);

function requireOwnTable(cloud: Cloud, tableId: string, subnetId: string): void {
  if (vpcOfTable(cloud, tableId) === vpcOfSubnet(cloud, subnetId)) return;
  throw new Refusal("InvalidParameterValue", `Route table ${tableId} and subnet ${subnetId} belong to different networks`);
}
