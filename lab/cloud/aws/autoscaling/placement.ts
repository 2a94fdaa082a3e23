import { mustText, objectAt, objectsAt, textAt, textsAt, type Properties } from "../../properties";
import { ACCOUNT, type Cloud } from "../cloud";
import { Refusal } from "../fault";
import { allowsRole } from "../kms";
import { judgeLaunch } from "../launch";
import { templateVersion } from "../launchTemplates";
import * as types from "../types";
import { vpcOfSubnet } from "../vpc";
import { TEMPLATE_FAULT } from "./groupFields";

/** Faults that EC2 only finds while it launches; any other it finds when the group is made or changed. */
const FOUND_LATE = ["InvalidKMSKey.InvalidState", "InsufficientFreeAddressesInSubnet"];

/** As which Auto Scaling launches. */
export const serviceLinkedRole = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

/** Refuses subnets that are not of one VPC, and target groups that cannot take the group's instances. */
export function checkPlace(inputs: Properties, cloud: Cloud): void {
  const vpcs = [...new Set(textsAt(inputs, "vpcZoneIdentifiers").map((id) => vpcOfSubnet(cloud, id)))];
  if (vpcs.length === 0) throw new Refusal("ValidationError", "At least one Availability Zone or VPC Subnet is required.");
  if (vpcs.length > 1) throw new Refusal("ValidationError", `All subnets of a group must be in the same VPC, got ${vpcs.join(", ")}`);
  for (const arn of textsAt(inputs, "targetGroupArns")) {
    const target = cloud.get(types.TARGET_GROUP, arn)?.properties;
    if (target === undefined) continue; // gone since it was attached
    if (target["targetType"] !== "instance")
      throw new Refusal(
        "ValidationError",
        `Provided Target Groups '${arn}' have invalid target type. Please ensure all Target Groups have instance target type.`,
      );
    if (target["vpcId"] !== vpcs[0])
      throw new Refusal("ValidationError", `Provided Target Groups '${arn}' are not in the VPC ${vpcs[0] ?? ""} of the group's subnets`);
  }
}

/** Zones of the group's subnets. */
export function zonesOf(inputs: Properties, cloud: Cloud): string[] {
  const zones = textsAt(inputs, "vpcZoneIdentifiers").map((id) => mustText(cloud.must(types.SUBNET, id).properties, "availabilityZone"));
  return [...new Set(zones)].sort();
}

/** Judges a launch in each subnet. What EC2 finds late only shows when there is something to launch. */
export function judgeLaunches(inputs: Properties, desired: number, cloud: Cloud): void {
  for (const subnetId of textsAt(inputs, "vpcZoneIdentifiers")) {
    try {
      judgeLaunch(objectAt(inputs, "launchTemplate") ?? {}, subnetId, cloud);
      judgeKeys(inputs, cloud);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      if (!FOUND_LATE.includes(fault.code)) throw new Refusal("ValidationError", `${TEMPLATE_FAULT}${fault.message} (${fault.code})`);
      if (desired > 0) throw new Refusal(fault.code, `waiting for the group's capacity: Launching a new EC2 instance. Status: Failed. ${fault.message}`);
    }
  }
}

/** What Auto Scaling's role needs of a customer's key to make a disk (Auto Scaling user guide, key policy for encrypted volumes). */
const OF_A_KEY = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"];

/** Auto Scaling launches as its service-linked role, whose policy has no leave to use a customer's key: the key's must have it. */
function judgeKeys(inputs: Properties, cloud: Cloud): void {
  const named = objectAt(inputs, "launchTemplate") ?? {};
  const template = cloud.get(types.LAUNCH_TEMPLATE, textAt(named, "id")) ?? cloud.by(types.LAUNCH_TEMPLATE, "name", textAt(named, "name"));
  if (template === undefined) return;
  const mappings = objectsAt(templateVersion(cloud, template, textAt(named, "version") ?? "$Default"), "blockDeviceMappings");
  for (const key of mappings.flatMap((mapping) => textAt(objectAt(mapping, "ebs"), "kmsKeyId") ?? []))
    if (!allowsRole(cloud, key, serviceLinkedRole, OF_A_KEY))
      throw new Refusal(
        "InvalidKMSKey.InvalidState",
        `Client.InvalidKMSKey.InvalidState: the policy of the KMS key ${key} does not let ${serviceLinkedRole} use it`,
      );
}
