import { mustText, textAt, textsAt, type Properties } from "../properties";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import * as refer from "./references";
import { SUBNET, VPC } from "./types";
import { vpcOfSubnet } from "./vpc";
import { groupsInVpc } from "./addresses";

/** A subnet of a group of subnets. It cannot be deleted before the group: in AWS, not while a database's interface is in it. */
export const groupedSubnet = (): ReturnType<typeof refer.subnet> => ({ ...refer.subnet(), code: "InvalidSubnet" });

/** The VPC of these subnets and the zones they are in; refuses subnets of two VPCs. */
export function spanOf(cloud: Cloud, subnetIds: string[]): { vpcId: string; zones: string[] } {
  const vpcs = new Set(subnetIds.map((id) => vpcOfSubnet(cloud, id)));
  const [vpcId = ""] = vpcs;
  if (vpcs.size > 1) throw new Refusal("InvalidSubnet", `The subnets are not all in the same VPC: ${[...vpcs].join(", ")}`);
  return { vpcId, zones: [...new Set(subnetIds.map((id) => zoneOf(cloud, id)))].sort() };
}

/** Refuses a change of a group that leaves its VPC, or takes away the last subnet of a zone that is in use. */
export function checkRegrouping(cloud: Cloud, before: Properties, after: Properties, usedZones: string[], inUseCode: string): void {
  const { vpcId, zones } = spanOf(cloud, textsAt(after, "subnetIds"));
  if (vpcId !== textAt(before, "vpcId")) throw new Refusal("InvalidSubnet", "The new subnets are not in the same VPC as the existing subnet group");
  const lost = usedZones.find((zone) => !zones.includes(zone));
  if (lost !== undefined) throw new Refusal(inUseCode, `Some of the subnets to be deleted are currently in use: those of ${lost}`);
}

/** Security groups of something in a VPC: the given ones, or the VPC's default one. Refuses one of another VPC. */
export function securityGroupsIn(cloud: Cloud, given: string[], vpcId: string, refusal: (groupId: string) => Refusal): string[] {
  groupsInVpc(cloud, given, vpcId, refusal);
  return given.length > 0 ? given : [mustText(cloud.must(VPC, vpcId).properties, "defaultSecurityGroupId")];
}

function zoneOf(cloud: Cloud, subnetId: string): string {
  return mustText(cloud.must(SUBNET, subnetId).properties, "availabilityZone");
}
