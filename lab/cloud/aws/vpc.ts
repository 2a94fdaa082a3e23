import { flag, matching, oneOf, text } from "../model";
import { isOn, mustText, textAt } from "../properties";
import { blockOf, contains, isBlock, overlaps, type Block } from "./cidr";
import { ACCOUNT, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import { zonesOf } from "./regions";
import { SUBNET, SUBNET_RESERVATION, VPC } from "./types";

/** Prefix lengths that a VPC and a subnet can have (VPC user guide). */
const PREFIX = { shortest: 16, longest: 28 };

/** The block of a CIDR that Check has accepted. */
export function mustBlock(written: string): Block {
  const block = blockOf(written);
  if (block === undefined) throw new Refusal("InvalidParameterValue", `Value (${written}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
  return block;
}

/** The VPC that a subnet is in. */
export function vpcOfSubnet(cloud: Cloud, subnetId: string): string {
  return mustText(cloud.must(SUBNET, subnetId).properties, "vpcId");
}

/** Refuses a zone that the region does not have, in EC2's words. */
export function requireZone(cloud: Cloud, zone: string, what: string): void {
  const zones = zonesOf(cloud.region);
  if (zones.includes(zone)) return;
  throw new Refusal(
    "InvalidParameterValue",
    `Value (${zone}) for parameter availabilityZone is invalid. ${what} can currently only be created in the following availability zones: ${zones.join(", ")}.`,
  );
}

function inRange(block: Block): boolean {
  return block.prefix >= PREFIX.shortest && block.prefix <= PREFIX.longest;
}

/** A network; its default security group, network ACL and main route table are outputs, not records of their own. */
export const vpc = awsModel(
  {
    type: VPC,
    noun: "EC2 VPC",
    api: "EC2",
    calls: { create: "CreateVpc", update: "ModifyVpcAttribute", delete: "DeleteVpc" },
    scope: "region",
    inputs: {
      cidrBlock: text({ required: true, replaces: true, rule: isBlock }),
      enableDnsHostnames: flag({ computed: true }),
      enableDnsSupport: flag({ default: true }),
      enableNetworkAddressUsageMetrics: flag({ computed: true }),
      instanceTenancy: text({ default: "default", replaces: true, rule: oneOf("default", "dedicated") }),
    },
    outputs: ["arn", "defaultNetworkAclId", "defaultRouteTableId", "defaultSecurityGroupId", "dhcpOptionsId", "mainRouteTableId", "ownerId"],
    create: ({ inputs, cloud }) => {
      const written = mustText(inputs, "cidrBlock");
      if (!inRange(mustBlock(written))) throw new Refusal("InvalidVpc.Range", `The CIDR '${written}' is invalid.`);
      const id = newId("vpc");
      const mainRouteTableId = newId("rtb");
      return {
        id,
        outputs: {
          arn: cloud.arn("ec2", `vpc/${id}`),
          defaultNetworkAclId: newId("acl"),
          defaultRouteTableId: mainRouteTableId,
          defaultSecurityGroupId: newId("sg"),
          dhcpOptionsId: newId("dopt"),
          mainRouteTableId,
          ownerId: ACCOUNT,
          enableDnsHostnames: isOn(inputs, "enableDnsHostnames"),
          enableNetworkAddressUsageMetrics: isOn(inputs, "enableNetworkAddressUsageMetrics"),
        },
      };
    },
  },
  "tagged",
);

/** A subnet of one zone. */
export const subnet = awsModel(
  {
    type: SUBNET,
    noun: "EC2 Subnet",
    api: "EC2",
    calls: { create: "CreateSubnet", update: "ModifySubnetAttribute", delete: "DeleteSubnet" },
    scope: "region",
    inputs: {
      vpcId: text({ required: true, replaces: true, refers: refer.vpc() }),
      cidrBlock: text({ required: true, replaces: true, rule: isBlock }),
      availabilityZone: text({ computed: true, replaces: true }),
      mapPublicIpOnLaunch: flag({ default: false }),
      enableResourceNameDnsARecordOnLaunch: flag({ default: false }),
      privateDnsHostnameTypeOnLaunch: text({ computed: true, rule: oneOf("ip-name", "resource-name") }),
    },
    outputs: ["arn", "ownerId", "availabilityZoneId"],
    create: ({ inputs, cloud }) => {
      const written = mustText(inputs, "cidrBlock");
      const block = mustBlock(written);
      const vpcId = mustText(inputs, "vpcId");
      const network = mustBlock(mustText(cloud.must(VPC, vpcId).properties, "cidrBlock"));
      if (!inRange(block) || !contains(network, block)) throw new Refusal("InvalidSubnet.Range", `The CIDR '${written}' is invalid.`);
      const siblings = cloud.all(SUBNET).filter((other) => other.properties["vpcId"] === vpcId);
      if (siblings.some((other) => overlaps(block, mustBlock(mustText(other.properties, "cidrBlock"))))) {
        throw new Refusal("InvalidSubnet.Conflict", `The CIDR '${written}' conflicts with another subnet`);
      }
      const zone = textAt(inputs, "availabilityZone") ?? zonesOf(cloud.region)[0] ?? "";
      requireZone(cloud, zone, "Subnets");
      const id = newId("subnet");
      return {
        id,
        outputs: {
          arn: cloud.arn("ec2", `subnet/${id}`),
          ownerId: ACCOUNT,
          availabilityZone: zone,
          availabilityZoneId: zoneId(zone),
          privateDnsHostnameTypeOnLaunch: textAt(inputs, "privateDnsHostnameTypeOnLaunch") ?? "ip-name",
        },
      };
    },
  },
  "tagged",
);

/** Addresses of a subnet that AWS never hands out by itself (`explicit`). */
export const subnetReservation = awsModel(
  {
    type: SUBNET_RESERVATION,
    noun: "EC2 Subnet CIDR Reservation",
    api: "EC2",
    calls: { create: "CreateSubnetCidrReservation", update: "CreateSubnetCidrReservation", delete: "DeleteSubnetCidrReservation" },
    scope: "region",
    inputs: {
      subnetId: text({ required: true, replaces: true, refers: refer.subnet("goesToo") }),
      cidrBlock: text({ required: true, replaces: true, rule: isBlock }),
      reservationType: text({ required: true, replaces: true, rule: oneOf("explicit", "prefix") }),
      description: text({ replaces: true, rule: matching(/^.{0,255}$/, "at most 255 characters") }),
    },
    outputs: ["ownerId"],
    create: ({ inputs, cloud }) => {
      const written = mustText(inputs, "cidrBlock");
      const block = mustBlock(written);
      const subnetId = mustText(inputs, "subnetId");
      if (!contains(mustBlock(mustText(cloud.must(SUBNET, subnetId).properties, "cidrBlock")), block)) {
        throw new Refusal("InvalidParameterValue", `The CIDR block ${written} is not within the subnet's CIDR block`);
      }
      const others = cloud.all(SUBNET_RESERVATION).filter((other) => other.properties["subnetId"] === subnetId);
      if (others.some((other) => overlaps(block, mustBlock(mustText(other.properties, "cidrBlock"))))) {
        throw new Refusal("InvalidParameterValue", `The CIDR block ${written} overlaps with an existing reservation`);
      }
      return { id: newId("scr"), outputs: { ownerId: ACCOUNT } };
    },
  },
  "untagged",
);

function zoneId(zone: string): string {
  const region = zone.slice(0, -1);
  const [area = "", side = "", index = ""] = region.split("-");
  return `${area}${side.charAt(0)}${index}-az${String(zone.charCodeAt(zone.length - 1) - 96)}`;
}
