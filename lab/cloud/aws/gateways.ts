import { flag, oneOf, text } from "../model";
import { mustText, textAt } from "../properties";
import { takeAddress } from "./addresses";
import { isAddress, writtenAddress } from "./cidr";
import { ACCOUNT, hex, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";
import { vpcOfSubnet } from "./vpc";

/** First address of the block from which the embedded cloud hands out Elastic IPs: 198.18.0.0/15 (RFC 2544, for tests). */
const FIRST_PUBLIC_ADDRESS = 198 * 2 ** 24 + 18 * 2 ** 16;

/** True when the VPC has an internet gateway attached. */
export function hasInternet(cloud: Cloud, vpcId: string): boolean {
  return cloud.all(types.INTERNET_GATEWAY).some((gateway) => gateway.properties["vpcId"] === vpcId);
}

/** Refuses what needs a way to the internet in a VPC without an attached gateway. */
export function requireInternet(cloud: Cloud, vpcId: string): void {
  if (!hasInternet(cloud, vpcId)) throw new Refusal("Gateway.NotAttached", `Network ${vpcId} is not attached to any internet gateway`);
}

/** Refuses an Elastic IP that something else uses already. */
export function requireFree(cloud: Cloud, allocationId: string): void {
  const holder =
    cloud.all(types.NAT_GATEWAY).find((nat) => nat.properties["allocationId"] === allocationId) ??
    cloud.all(types.EIP_ASSOCIATION).find((one) => one.properties["allocationId"] === allocationId);
  if (holder !== undefined || textAt(cloud.get(types.EIP, allocationId)?.properties, "instance") !== undefined) {
    throw new Refusal("Resource.AlreadyAssociated", `Elastic IP address [${allocationId}] is already associated`);
  }
}

function mappedAddress(cloud: Cloud, vpcId: string): boolean {
  const inside = (instanceId: string | undefined): boolean => {
    const subnetId = textAt(cloud.get(types.INSTANCE, instanceId)?.properties, "subnetId");
    return subnetId !== undefined && vpcOfSubnet(cloud, subnetId) === vpcId;
  };
  return (
    cloud
      .all(types.NAT_GATEWAY)
      .some((nat) => nat.properties["connectivityType"] === "public" && vpcOfSubnet(cloud, mustText(nat.properties, "subnetId")) === vpcId) ||
    cloud.all(types.EIP_ASSOCIATION).some((one) => inside(textAt(one.properties, "instanceId"))) ||
    cloud.all(types.EIP).some((one) => inside(textAt(one.properties, "instance"))) ||
    cloud.all(types.INSTANCE).some((one) => (textAt(one.properties, "publicIp") ?? "") !== "" && inside(one.id)) ||
    cloud.all(types.LOAD_BALANCER).some((one) => one.properties["internal"] !== true && one.properties["vpcId"] === vpcId)
  );
}

function attachable(cloud: Cloud, vpcId: string | undefined): void {
  if (vpcId !== undefined && hasInternet(cloud, vpcId))
    throw new Refusal("Resource.AlreadyAssociated", `Network ${vpcId} already has an internet gateway attached`);
}

function detachable(cloud: Cloud, vpcId: string | undefined): void {
  if (vpcId === undefined || !mappedAddress(cloud, vpcId)) return;
  throw new Refusal(
    "DependencyViolation",
    `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
  );
}

/** The way of a VPC to the internet; one a VPC. */
export const internetGateway = awsModel(
  {
    type: types.INTERNET_GATEWAY,
    noun: "EC2 Internet Gateway",
    api: "EC2",
    calls: { create: "AttachInternetGateway", update: "AttachInternetGateway", delete: "DetachInternetGateway" },
    scope: "region",
    inputs: { vpcId: text({ refers: refer.vpc() }) },
    outputs: ["arn", "ownerId"],
    create: ({ inputs, cloud }) => {
      attachable(cloud, textAt(inputs, "vpcId"));
      const id = newId("igw");
      return { id, outputs: { arn: cloud.arn("ec2", `internet-gateway/${id}`), ownerId: ACCOUNT } };
    },
    update: ({ inputs, cloud, resource }) => {
      const before = textAt(resource.properties, "vpcId");
      const after = textAt(inputs, "vpcId");
      if (before !== after) {
        detachable(cloud, before);
        attachable(cloud, after);
      }
      return { outputs: {} };
    },
    delete: (resource, cloud) => {
      detachable(cloud, textAt(resource.properties, "vpcId"));
    },
  },
  "tagged",
);

/** Outgoing traffic of private subnets. */
export const natGateway = awsModel(
  {
    type: types.NAT_GATEWAY,
    noun: "EC2 NAT Gateway",
    api: "EC2",
    calls: { create: "CreateNatGateway", update: "AssociateNatGatewayAddress", delete: "DeleteNatGateway" },
    scope: "region",
    inputs: {
      allocationId: text({ replaces: true, refers: refer.allocation() }),
      connectivityType: text({ default: "public", replaces: true, rule: oneOf("public", "private") }),
      privateIp: text({ computed: true, replaces: true, rule: isAddress }),
      subnetId: text({ required: true, replaces: true, refers: refer.subnet() }),
    },
    outputs: ["associationId", "networkInterfaceId", "publicIp"],
    create: ({ inputs, cloud }) => {
      const subnetId = mustText(inputs, "subnetId");
      const allocationId = textAt(inputs, "allocationId");
      const isPublic = inputs["connectivityType"] === "public";
      if (isPublic && allocationId === undefined)
        throw new Refusal("MissingParameter", "The request must include the AllocationId parameter. Add the required parameter and retry the request.");
      if (!isPublic && allocationId !== undefined) throw new Refusal("InvalidParameter", "The AllocationId parameter is not allowed for a private NAT gateway");
      if (isPublic) requireInternet(cloud, vpcOfSubnet(cloud, subnetId));
      if (allocationId !== undefined) requireFree(cloud, allocationId);
      const publicIp = textAt(cloud.get(types.EIP, allocationId)?.properties, "publicIp") ?? "";
      return {
        id: newId("nat"),
        outputs: {
          associationId: isPublic ? newId("eipassoc") : "",
          networkInterfaceId: newId("eni"),
          publicIp,
          privateIp: takeAddress(cloud, subnetId, textAt(inputs, "privateIp")),
        },
      };
    },
  },
  "tagged",
);

/** An Elastic IP, associated with an instance when it names one. */
export const eip = awsModel(
  {
    type: types.EIP,
    noun: "EC2 EIP",
    api: "EC2",
    calls: { create: "AllocateAddress", update: "AssociateAddress", delete: "ReleaseAddress" },
    scope: "region",
    inputs: {
      domain: text({ computed: true, replaces: true, rule: oneOf("vpc") }),
      instance: text({ computed: true, refers: refer.instance("nothing") }),
      networkBorderGroup: text({ computed: true, replaces: true }),
    },
    outputs: ["allocationId", "arn", "associationId", "privateDns", "privateIp", "publicDns", "publicIp"],
    create: ({ inputs, cloud }) => {
      const id = newId("eipalloc");
      const instanceId = textAt(inputs, "instance");
      if (instanceId !== undefined) requireInternet(cloud, vpcOfSubnet(cloud, mustText(cloud.must(types.INSTANCE, instanceId).properties, "subnetId")));
      const publicIp = freePublicAddress(cloud);
      return {
        id,
        outputs: {
          ...association(cloud, instanceId),
          allocationId: id,
          arn: cloud.arn("ec2", `elastic-ip/${id}`),
          publicIp,
          publicDns: `ec2-${publicIp.replaceAll(".", "-")}.compute-1.amazonaws.com`,
          domain: "vpc",
          networkBorderGroup: cloud.region,
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const instanceId = textAt(inputs, "instance");
      return { outputs: instanceId === textAt(resource.properties, "instance") ? {} : association(cloud, instanceId) };
    },
    volatile: (olds, news) => (olds["instance"] === news["instance"] ? [] : ["associationId", "privateDns", "privateIp"]),
  },
  "tagged",
);

function association(cloud: Cloud, instanceId: string | undefined): Record<string, string> {
  const instance = cloud.get(types.INSTANCE, instanceId)?.properties;
  if (instanceId === undefined) return { associationId: "", privateDns: "", privateIp: "" };
  return { associationId: newId("eipassoc"), privateDns: textAt(instance, "privateDns") ?? "", privateIp: textAt(instance, "privateIp") ?? "" };
}

function freePublicAddress(cloud: Cloud): string {
  const used = new Set(cloud.record.all(types.EIP).map((one) => textAt(one.properties, "publicIp")));
  for (;;) {
    const address = writtenAddress(FIRST_PUBLIC_ADDRESS + (Number.parseInt(hex(8), 16) % 2 ** 17));
    if (!used.has(address)) return address;
  }
}

/** An Elastic IP on an instance. */
export const eipAssociation = awsModel(
  {
    type: types.EIP_ASSOCIATION,
    noun: "EC2 EIP Association",
    api: "EC2",
    calls: { create: "AssociateAddress", update: "AssociateAddress", delete: "DisassociateAddress" },
    scope: "region",
    inputs: {
      allocationId: text({ required: true, replaces: true, refers: refer.allocation() }),
      instanceId: text({ required: true, replaces: true, refers: refer.instance("goesToo") }),
      allowReassociation: flag({ replaces: true }),
      privateIpAddress: text({ computed: true, replaces: true, rule: isAddress }),
    },
    outputs: ["networkInterfaceId", "publicIp"],
    create: ({ inputs, cloud }) => {
      const allocationId = mustText(inputs, "allocationId");
      const instance = cloud.must(types.INSTANCE, mustText(inputs, "instanceId")).properties;
      requireInternet(cloud, vpcOfSubnet(cloud, mustText(instance, "subnetId")));
      requireFree(cloud, allocationId);
      return {
        id: newId("eipassoc"),
        outputs: {
          networkInterfaceId: mustText(instance, "primaryNetworkInterfaceId"),
          publicIp: mustText(cloud.must(types.EIP, allocationId).properties, "publicIp"),
          privateIpAddress: textAt(inputs, "privateIpAddress") ?? mustText(instance, "privateIp"),
        },
      };
    },
  },
  "untagged",
);
