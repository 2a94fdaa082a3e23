import { flag, text, type Failure } from "../model";
import { isOn, mustText, textAt, type Properties } from "../properties";
import type { Resource } from "../record";
import { overlaps } from "./cidr";
import { ACCOUNT, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import { PEERING, PEERING_ACCEPTER, ROUTE, VPC } from "./types";
import { mustBlock } from "./vpc";

/** A connection of two VPCs, as the one that asked for it has it. */
export const peeringConnection = awsModel(
  {
    type: PEERING,
    noun: "EC2 VPC Peering Connection",
    api: "EC2",
    calls: { create: "CreateVpcPeeringConnection", update: "AcceptVpcPeeringConnection", delete: "DeleteVpcPeeringConnection" },
    scope: "region",
    inputs: {
      vpcId: text({ required: true, replaces: true, refers: refer.vpc() }),
      peerVpcId: text({ required: true, replaces: true, refers: { ...refer.vpc(), anywhere: true } }),
      peerOwnerId: text({ computed: true, replaces: true }),
      peerRegion: text({ computed: true, replaces: true }),
      autoAccept: flag(),
    },
    outputs: ["acceptStatus"],
    rule: acceptFaults,
    create: ({ inputs, cloud }) => {
      const peerRegion = textAt(inputs, "peerRegion") ?? cloud.region;
      judge(inputs, peerRegion, cloud);
      return { id: newId("pcx"), outputs: { acceptStatus: statusOf(inputs, "pending-acceptance"), peerOwnerId: ACCOUNT, peerRegion } };
    },
    update: ({ inputs, resource }) => {
      if (isOn(inputs, "autoAccept") && resource.properties["peerRegion"] !== resource.region)
        throw new Refusal("OperationNotPermitted", "A connection to another region is accepted in that region.");
      return { outputs: { acceptStatus: statusOf(inputs, mustText(resource.properties, "acceptStatus")) } };
    },
    volatile: (olds, news) => (isOn(news, "autoAccept") && !isOn(olds, "autoAccept") ? ["acceptStatus"] : []),
  },
  "tagged",
);

// AWS lets nobody accept for another region; the real provider says so itself.
function acceptFaults(inputs: Properties): Failure[] {
  return isOn(inputs, "autoAccept") && inputs["peerRegion"] !== undefined
    ? [{ property: "autoAccept", reason: "peerRegion cannot be set whilst autoAccept is true: accept it with a VpcPeeringConnectionAccepter in that region" }]
    : [];
}

function statusOf(inputs: Properties, before: string): string {
  return isOn(inputs, "autoAccept") ? "active" : before;
}

// EC2 answers most of these calls and then shows the connection as failed, upon which the real provider fails.
function judge(inputs: Properties, peerRegion: string, cloud: Cloud): void {
  const vpc = cloud.must(VPC, mustText(inputs, "vpcId"));
  const peer = cloud.in(peerRegion).get(VPC, mustText(inputs, "peerVpcId"));
  if (peer === undefined) throw new Refusal("InvalidVpcID.NotFound", `The vpc ID '${mustText(inputs, "peerVpcId")}' does not exist in ${peerRegion}`);
  const [left, right] = [vpc, peer].map((one) => mustBlock(mustText(one.properties, "cidrBlock")));
  const foreign = (textAt(inputs, "peerOwnerId") ?? ACCOUNT) !== ACCOUNT;
  if (foreign || left === undefined || right === undefined || overlaps(left, right))
    throw new Refusal("failed", "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range");
  const ends = [vpc.id, peer.id].sort().join();
  const same = cloud.record.all(PEERING).find(({ properties }) => [mustText(properties, "vpcId"), mustText(properties, "peerVpcId")].sort().join() === ends);
  if (same !== undefined) throw new Refusal("VpcPeeringConnectionAlreadyExists", `A VPC peering connection between these VPCs exists already: ${same.id}`);
}

/** The connection as the other side has it: what accepts it, in the other side's region. Deleting this leaves the connection. */
export const peeringAccepter = awsModel(
  {
    type: PEERING_ACCEPTER,
    noun: "EC2 VPC Peering Connection Accepter",
    api: "EC2",
    calls: { create: "AcceptVpcPeeringConnection", update: "AcceptVpcPeeringConnection", delete: "(none)" },
    scope: "region",
    inputs: {
      vpcPeeringConnectionId: text({ required: true, replaces: true, refers: refer.peering("goesToo") }),
      autoAccept: flag(),
    },
    outputs: ["acceptStatus", "peerOwnerId", "peerRegion", "peerVpcId", "vpcId"],
    create: ({ inputs, cloud }) => {
      const id = mustText(inputs, "vpcPeeringConnectionId");
      const peering = connection(cloud, id);
      if (peering.properties["peerRegion"] !== cloud.region)
        throw new Refusal("OperationNotPermitted", `${id} is to be accepted in ${mustText(peering.properties, "peerRegion")}, not in ${cloud.region}.`);
      return {
        id,
        outputs: {
          acceptStatus: accept(inputs, peering, cloud),
          peerOwnerId: ACCOUNT,
          peerRegion: cloud.region,
          peerVpcId: mustText(peering.properties, "vpcId"),
          vpcId: mustText(peering.properties, "peerVpcId"),
        },
      };
    },
    update: ({ inputs, cloud, resource }) => ({ outputs: { acceptStatus: accept(inputs, connection(cloud, resource.id), cloud) } }),
    volatile: (olds, news) => (isOn(news, "autoAccept") && !isOn(olds, "autoAccept") ? ["acceptStatus"] : []),
  },
  "tagged",
);

function connection(cloud: Cloud, id: string): Resource {
  const found = cloud.anywhere(PEERING, "id", id);
  if (found === undefined) throw new Refusal("InvalidVpcPeeringConnectionID.NotFound", `The vpcPeeringConnection ID '${id}' does not exist`);
  return found;
}

function accept(inputs: Properties, peering: Resource, cloud: Cloud): string {
  const acceptStatus = statusOf(inputs, mustText(peering.properties, "acceptStatus"));
  cloud.record.put({ ...peering, properties: { ...peering.properties, acceptStatus } });
  for (const route of cloud.record.all(ROUTE).filter(({ properties }) => acceptStatus === "active" && properties["vpcPeeringConnectionId"] === peering.id))
    cloud.record.put({ ...route, properties: { ...route.properties, state: "active" } });
  return acceptStatus;
}
