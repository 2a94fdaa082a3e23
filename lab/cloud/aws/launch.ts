import { createHash } from "node:crypto";
import { integerAt, isOn, mustText, objectAt, objectsAt, textAt, textsAt, type Properties } from "../properties";
import { groupsInVpc, takeAddress } from "./addresses";
import { newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { isInstanceType } from "./instanceTypes";
import { templateVersion } from "./launchTemplates";
import type { CreateCall, Created, UpdateCall } from "./model";
import * as refer from "./references";
import * as types from "./types";
import { checkUserData } from "./userData";
import { vpcOfSubnet } from "./vpc";

/** Root devices of the common images: Debian's and Amazon's, Ubuntu's. */
const ROOT_DEVICES = ["/dev/xvda", "/dev/sda1"];

/** Launches an instance: the template's words and the instance's own together, judged as RunInstances judges them. */
export function launch({ inputs, cloud }: CreateCall): Created {
  return launched({ ...fromTemplate(inputs, cloud), ...inputs }, inputs, cloud);
}

/** Judges what a group would launch in a subnet, which takes the place of any that the template names. Nothing is made. */
export function judgeLaunch(launchTemplate: Properties, subnetId: string, cloud: Cloud): void {
  const inputs = { launchTemplate };
  launched({ ...fromTemplate(inputs, cloud), subnetId }, inputs, cloud);
}

function launched(spec: Properties, inputs: Properties, cloud: Cloud): Created {
  const ami = imageOf(textAt(spec, "ami"));
  checkKind(spec);
  checkUserData(userDataOf(spec));
  const subnetId = textAt(spec, "subnetId");
  if (subnetId === undefined)
    throw new Refusal("VPCIdNotSpecified", "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.");
  if (cloud.get(types.SUBNET, subnetId) === undefined) throw new Refusal("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
  const vpcId = vpcOfSubnet(cloud, subnetId);
  const subnet = cloud.must(types.SUBNET, subnetId).properties;
  const zone = mustText(subnet, "availabilityZone");
  const wantedZone = textAt(spec, "availabilityZone");
  if (wantedZone !== undefined && wantedZone !== zone)
    throw new Refusal("InvalidParameterValue", `The availability zone '${wantedZone}' does not match the subnet '${subnetId}' in '${zone}'`);
  const groups = textsAt(spec, "vpcSecurityGroupIds");
  checkGroups(cloud, groups, vpcId, subnetId);
  checkProfile(cloud, textAt(spec, "iamInstanceProfile"));
  const privateIp = takeAddress(cloud, subnetId, textAt(spec, "privateIp"));
  const root = rootOf(spec, inputs, cloud);
  const isPublic = (spec["associatePublicIpAddress"] ?? isOn(subnet, "mapPublicIpOnLaunch")) === true;
  const id = newId("i");
  const publicIp = isPublic ? `198.19.${privateIp.split(".").slice(2).join(".")}` : "";
  return {
    id,
    outputs: {
      ami,
      instanceType: mustText(spec, "instanceType"),
      subnetId,
      availabilityZone: zone,
      privateIp,
      secondaryPrivateIps: textsAt(spec, "secondaryPrivateIps"),
      associatePublicIpAddress: isPublic,
      vpcSecurityGroupIds: groups.length > 0 ? groups : [mustText(cloud.must(types.VPC, vpcId).properties, "defaultSecurityGroupId")],
      iamInstanceProfile: textAt(spec, "iamInstanceProfile") ?? "",
      keyName: textAt(spec, "keyName") ?? "",
      metadataOptions: {
        ...{ httpEndpoint: "enabled", httpTokens: "optional", httpPutResponseHopLimit: 1, httpProtocolIpv6: "disabled", instanceMetadataTags: "disabled" },
        ...objectAt(spec, "metadataOptions"),
      },
      maintenanceOptions: { autoRecovery: "default", ...objectAt(spec, "maintenanceOptions") },
      monitoring: isOn(spec, "monitoring"),
      ebsOptimized: isOn(spec, "ebsOptimized"),
      disableApiStop: isOn(spec, "disableApiStop"),
      disableApiTermination: isOn(spec, "disableApiTermination"),
      instanceInitiatedShutdownBehavior: textAt(spec, "instanceInitiatedShutdownBehavior") ?? "stop",
      placementGroup: textAt(spec, "placementGroup") ?? "",
      tenancy: textAt(spec, "tenancy") ?? "default",
      rootBlockDevice: root,
      ...(inputs["launchTemplate"] === undefined ? {} : { launchTemplate: namedTemplate(inputs, cloud) }),
      arn: cloud.arn("ec2", `instance/${id}`),
      instanceState: "running",
      primaryNetworkInterfaceId: newId("eni"),
      privateDns: `ip-${privateIp.replaceAll(".", "-")}.${cloud.region === "us-east-1" ? "ec2" : `${cloud.region}.compute`}.internal`,
      publicIp,
      publicDns: publicIp === "" ? "" : `ec2-${publicIp.replaceAll(".", "-")}.compute-1.amazonaws.com`,
    },
  };
}

/** Changes a running instance. */
export function change({ inputs, cloud, resource }: UpdateCall): { outputs: Properties } {
  const after = { ...resource.properties, ...inputs };
  const subnetId = mustText(resource.properties, "subnetId");
  checkKind(after);
  checkUserData(userDataOf(inputs));
  checkGroups(cloud, textsAt(inputs, "vpcSecurityGroupIds"), vpcOfSubnet(cloud, subnetId), subnetId);
  checkProfile(cloud, textAt(inputs, "iamInstanceProfile"));
  const metadata = { ...objectAt(resource.properties, "metadataOptions"), ...objectAt(inputs, "metadataOptions") };
  const root = { ...objectAt(resource.properties, "rootBlockDevice"), ...objectAt(inputs, "rootBlockDevice") };
  if ((integerAt(root, "volumeSize") ?? 0) < (integerAt(objectAt(resource.properties, "rootBlockDevice"), "volumeSize") ?? 0)) {
    throw new Refusal("InvalidParameterValue", "New size cannot be smaller than existing size");
  }
  return {
    outputs: {
      metadataOptions: metadata,
      rootBlockDevice: root,
      ...(inputs["launchTemplate"] === undefined ? {} : { launchTemplate: namedTemplate(inputs, cloud) }),
    },
  };
}

// The template's words for what an instance says in its own.
function fromTemplate(inputs: Properties, cloud: Cloud): Properties {
  const named = objectAt(inputs, "launchTemplate");
  if (named === undefined) return {};
  const template = cloud.get(types.LAUNCH_TEMPLATE, textAt(named, "id")) ?? cloud.by(types.LAUNCH_TEMPLATE, "name", textAt(named, "name"));
  if (template === undefined) throw new Refusal("MissingParameter", "When launching with a launch template, the request must contain its ID or its name.");
  const says = templateVersion(cloud, template, textAt(named, "version") ?? "$Default");
  const interfaces = objectsAt(says, "networkInterfaces");
  if (interfaces.length > 0 && ["subnetId", "privateIp", "vpcSecurityGroupIds", "associatePublicIpAddress"].some((key) => inputs[key] !== undefined)) {
    throw new Refusal(
      "InvalidParameterCombination",
      "Network interfaces and an instance-level subnet ID, private IP address or security groups may not be specified on the same request",
    );
  }
  const nic = interfaces[0];
  const profile = objectAt(says, "iamInstanceProfile");
  const found: Record<string, Properties[string] | undefined> = {
    ami: says["imageId"],
    instanceType: says["instanceType"],
    keyName: says["keyName"],
    userDataBase64: says["userData"],
    iamInstanceProfile: textAt(profile, "name") ?? textAt(profile, "arn")?.split("/").pop(),
    vpcSecurityGroupIds: nic?.["securityGroups"] ?? says["vpcSecurityGroupIds"],
    subnetId: nic?.["subnetId"],
    privateIp: nic?.["privateIpAddress"],
    associatePublicIpAddress: nic?.["associatePublicIpAddress"] === undefined ? undefined : nic["associatePublicIpAddress"] === "true",
    metadataOptions: says["metadataOptions"],
    maintenanceOptions: says["maintenanceOptions"],
    monitoring: objectAt(says, "monitoring")?.["enabled"],
    ebsOptimized: says["ebsOptimized"] === undefined ? undefined : says["ebsOptimized"] === "true",
    disableApiStop: says["disableApiStop"],
    disableApiTermination: says["disableApiTermination"],
    instanceInitiatedShutdownBehavior: says["instanceInitiatedShutdownBehavior"],
    availabilityZone: objectAt(says, "placement")?.["availabilityZone"],
    placementGroup: objectAt(says, "placement")?.["groupName"],
    tenancy: objectAt(says, "placement")?.["tenancy"],
    blockDeviceMappings: says["blockDeviceMappings"],
  };
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, Properties[string]] => entry[1] !== undefined));
}

/** The launch template that inputs name, with both its id and its name. */
export function namedTemplate(inputs: Properties, cloud: Cloud): Properties {
  const named = objectAt(inputs, "launchTemplate") ?? {};
  const template = cloud.get(types.LAUNCH_TEMPLATE, textAt(named, "id")) ?? cloud.by(types.LAUNCH_TEMPLATE, "name", textAt(named, "name"));
  return { version: "$Default", ...named, id: template?.id ?? "", name: textAt(template?.properties, "name") ?? "" };
}

// `resolve:ssm:` is resolved to an id that depends on the parameter's name: whether the parameter exists cannot be known here.
function imageOf(written: string | undefined): string {
  if (written === undefined) throw new Refusal("MissingParameter", "The request must contain the parameter ImageId");
  if (/^resolve:ssm:\/?[\w.\-/:]+$/.test(written)) return `ami-0${createHash("sha256").update(written).digest("hex").slice(0, 16)}`;
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(written)) throw new Refusal("InvalidAMIID.Malformed", `Invalid id: "${written}" (expecting "ami-...")`);
  return written;
}

function checkKind(spec: Properties): void {
  const kind = textAt(spec, "instanceType");
  if (kind === undefined) throw new Refusal("MissingParameter", "The request must contain the parameter InstanceType");
  if (!isInstanceType(kind)) throw new Refusal("InvalidParameterValue", `Invalid value '${kind}' for InstanceType.`);
}

function checkGroups(cloud: Cloud, groups: string[], vpcId: string, subnetId: string): void {
  for (const id of groups) {
    if (cloud.get(types.SECURITY_GROUP, id) === undefined && cloud.by(types.VPC, "defaultSecurityGroupId", id) === undefined) {
      throw new Refusal("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
    }
  }
  groupsInVpc(cloud, groups, vpcId, (id) => new Refusal("InvalidParameter", `Security group ${id} and subnet ${subnetId} belong to different networks.`));
}

function checkProfile(cloud: Cloud, name: string | undefined): void {
  if (name === undefined || name === "") return;
  if (!cloud.record.all(types.INSTANCE_PROFILE).some((one) => one.properties["name"] === name)) {
    throw new Refusal("InvalidParameterValue", `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`);
  }
}

function userDataOf(spec: Properties): string | undefined {
  const plain = textAt(spec, "userData");
  return plain === undefined ? textAt(spec, "userDataBase64") : Buffer.from(plain).toString("base64");
}

function rootOf(spec: Properties, inputs: Properties, cloud: Cloud): Properties {
  const mapping = objectsAt(spec, "blockDeviceMappings").find((one) => ROOT_DEVICES.includes(textAt(one, "deviceName") ?? ""));
  const ebs = objectAt(mapping, "ebs") ?? {};
  const fromTemplate: Properties = {
    ...ebs,
    encrypted: ebs["encrypted"] === "true",
    deleteOnTermination: ebs["deleteOnTermination"] !== "false",
    deviceName: textAt(mapping, "deviceName") ?? "/dev/xvda",
  };
  const root: Properties = {
    iops: 3000,
    throughput: 125,
    volumeSize: 8,
    volumeType: "gp3",
    kmsKeyId: "",
    ...fromTemplate,
    volumeId: newId("vol"),
    ...objectAt(inputs, "rootBlockDevice"),
  };
  const key = textAt(root, "kmsKeyId") ?? "";
  if (key !== "" && !refer.keyExists(cloud, key)) {
    throw new Refusal(
      "InvalidKMSKey.InvalidState",
      `unexpected state 'terminated': Client.InvalidKMSKey.InvalidState: the KMS key ${key} of the root volume does not exist or is pending deletion`,
    );
  }
  return root;
}
