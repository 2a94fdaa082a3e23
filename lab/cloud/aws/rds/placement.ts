import { isOn, mustText, textAt, textsAt, type Properties } from "../../properties";
import { Refusal } from "../fault";
import type { Cloud } from "../cloud";
import { hasInternet } from "../gateways";
import { securityGroupsIn, spanOf } from "../subnetGroups";
import { DB_SUBNET_GROUP, VPC } from "../types";

/** Where a database stands: its group, the VPC and the zones of that group, and its security groups. */
export interface Place {
  group: string;
  vpcId: string;
  zones: string[];
  securityGroups: string[];
}

/** The place that these settings name. The embedded cloud has no default VPC, so a subnet group must be given. */
export function placeOf(settings: Properties, cloud: Cloud): Place {
  const group = textAt(settings, "dbSubnetGroupName") ?? "default";
  const found = cloud.get(DB_SUBNET_GROUP, group);
  if (found === undefined) throw new Refusal("DBSubnetGroupNotFoundFault", `DB subnet group '${group}' does not exist (there is no default VPC).`);
  const { vpcId, zones } = spanOf(cloud, textsAt(found.properties, "subnetIds"));
  const securityGroups = securityGroupsIn(
    cloud,
    textsAt(settings, "vpcSecurityGroupIds"),
    vpcId,
    (id) =>
      new Refusal(
        "InvalidParameterCombination",
        `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is ${id}`,
      ),
  );
  return { group, vpcId, zones, securityGroups };
}

/** The wanted zone, which must be one of the group's; without one the cloud takes the one that fewest of `others` are in. */
export function zoneIn(zones: string[], wanted: string | undefined, others: string[] = []): string {
  if (wanted === undefined) return zones.toSorted((left, right) => count(others, left) - count(others, right))[0] ?? "";
  if (zones.includes(wanted)) return wanted;
  throw new Refusal("InvalidVPCNetworkStateFault", `Cannot create a database instance because no subnets exist in availability zone ${wanted}`);
}

/** Refuses a public address where the VPC has no way to the internet, or no host names. */
export function checkPublic(settings: Properties, vpcId: string, cloud: Cloud): void {
  if (!isOn(settings, "publiclyAccessible")) return;
  const refuse = (why: string): never => {
    throw new Refusal("InvalidVPCNetworkStateFault", `Cannot create a publicly accessible DBInstance. ${why}`);
  };
  if (!hasInternet(cloud, vpcId)) refuse("The specified VPC has no internet gateway attached.");
  const vpc = cloud.must(VPC, vpcId).properties;
  if (!isOn(vpc, "enableDnsSupport") || !isOn(vpc, "enableDnsHostnames")) refuse("The specified VPC does not support DNS resolution, DNS hostnames, or both.");
}

/** Refuses another subnet group where RDS cannot move the database: within its VPC, and ever for one in several zones. */
export function checkMove(before: Properties, place: Place, cloud: Cloud): void {
  const old = mustText(before, "dbSubnetGroupName");
  if (old === place.group) return;
  const oldVpc = textAt(cloud.get(DB_SUBNET_GROUP, old)?.properties, "vpcId");
  if (oldVpc === place.vpcId)
    throw new Refusal(
      "InvalidVPCNetworkStateFault",
      `You cannot move the DB instance to subnet group ${place.group}: it and the instance are in the same VPC. Choose a DB subnet group in a different VPC and try again.`,
    );
  if (isOn(before, "multiAz")) throw new Refusal("InvalidVPCNetworkStateFault", "You cannot move a Multi-AZ DB instance to another VPC.");
}

/** Part of every host name that RDS gives an account in a region. */
const ACCOUNT_PART = "c9akciq32rgk";

/** Host name of an instance, or of a cluster's writer or readers. */
export function hostName(cloud: Cloud, identifier: string, of: "instance" | "cluster" | "cluster-ro"): string {
  return `${identifier}.${of === "instance" ? "" : `${of}-`}${ACCOUNT_PART}.${cloud.region}.rds.amazonaws.com`;
}

/** Hosted zone of RDS's names; in AWS every region has its own, here there is one. */
export const HOSTED_ZONE = "Z2R2ITUGPM61AM";

function count(all: string[], one: string): number {
  return all.filter((other) => other === one).length;
}
