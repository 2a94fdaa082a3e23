import { between, flag, map, matching, number, object, oneOf, set, text } from "../model";
import { isOn, mustText } from "../properties";
import { isAddress } from "./cidr";
import { newId } from "./cloud";
import { Refusal } from "./fault";
import { change, launch } from "./launch";
import { metadataOptions } from "./launchTemplates";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";

const rootBlockDevice = object(
  {
    deleteOnTermination: flag({ computed: true }),
    deviceName: text({ computed: true }),
    encrypted: flag({ computed: true, replaces: true }),
    iops: number({ computed: true }),
    kmsKeyId: text({ computed: true, replaces: true, refers: refer.key("InvalidKMSKey.InvalidState") }),
    tags: map(),
    throughput: number({ computed: true }),
    volumeId: text({ computed: true }),
    volumeSize: number({ computed: true, rule: between(1, 65_536) }),
    volumeType: text({ computed: true, rule: oneOf("standard", "io1", "io2", "gp2", "gp3", "sc1", "st1") }),
  },
  { computed: true },
);

/** A host. What it does not say itself comes from its launch template; all of it is judged at the launch. */
export const instance = awsModel(
  {
    type: types.INSTANCE,
    noun: "EC2 Instance",
    api: "EC2",
    calls: { create: "RunInstances", update: "ModifyInstanceAttribute", delete: "TerminateInstances" },
    scope: "region",
    inputs: {
      ami: text({ computed: true, replaces: true }),
      instanceType: text({ computed: true }),
      launchTemplate: object({
        id: text({ computed: true, replaces: true, refers: refer.launchTemplate("id") }),
        name: text({ computed: true, replaces: true, refers: refer.launchTemplate("name") }),
        version: text({ replaces: true }),
      }),
      subnetId: text({ computed: true, replaces: true, refers: refer.subnet() }),
      availabilityZone: text({ computed: true, replaces: true }),
      privateIp: text({ computed: true, replaces: true, rule: isAddress }),
      secondaryPrivateIps: set(text({ rule: isAddress }), { computed: true }),
      associatePublicIpAddress: flag({ computed: true, replaces: true }),
      vpcSecurityGroupIds: set(text({ refers: refer.securityGroup() }), { computed: true }),
      sourceDestCheck: flag({ default: true }),
      iamInstanceProfile: text({ computed: true }),
      keyName: text({ computed: true, replaces: true }),
      userData: text({ computed: true }),
      userDataBase64: text({ computed: true }),
      userDataReplaceOnChange: flag({ default: false }),
      metadataOptions: object(metadataOptions(), { computed: true }),
      maintenanceOptions: object({ autoRecovery: text({ computed: true, rule: oneOf("default", "disabled") }) }, { computed: true }),
      monitoring: flag({ computed: true }),
      ebsOptimized: flag({ computed: true, replaces: true }),
      disableApiStop: flag({ computed: true }),
      disableApiTermination: flag({ computed: true }),
      forceDestroy: flag({ default: false }),
      instanceInitiatedShutdownBehavior: text({ computed: true, rule: oneOf("stop", "terminate") }),
      placementGroup: text({ computed: true, replaces: true, refers: refer.placementGroup() }),
      tenancy: text({ computed: true, replaces: true, rule: oneOf("default", "dedicated", "host") }),
      rootBlockDevice,
      volumeTags: map(),
    },
    outputs: ["arn", "instanceState", "primaryNetworkInterfaceId", "privateDns", "publicDns", "publicIp"],
    rule: (inputs) =>
      inputs["userData"] !== undefined && inputs["userDataBase64"] !== undefined
        ? [{ property: "userData", reason: "conflicts with userDataBase64: give one of them" }]
        : [],
    create: launch,
    update: change,
    volatile: (olds, news) => (["instanceType", "userData", "userDataBase64"].some((key) => olds[key] !== news[key]) ? ["publicIp", "publicDns"] : []),
    delete: (resource) => {
      if (isOn(resource.properties, "disableApiTermination") && !isOn(resource.properties, "forceDestroy")) {
        throw new Refusal(
          "OperationNotPermitted",
          `The instance '${resource.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
        );
      }
    },
  },
  "tagged",
);

/** How instances are spread over hardware. */
export const placementGroup = awsModel(
  {
    type: types.PLACEMENT_GROUP,
    noun: "EC2 Placement Group",
    api: "EC2",
    calls: { create: "CreatePlacementGroup", update: "CreateTags", delete: "DeletePlacementGroup" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[\x20-\x7e]{1,255}$/, "expected 1 to 255 printable characters") }),
      strategy: text({ required: true, replaces: true, rule: oneOf("cluster", "partition", "spread") }),
      partitionCount: number({ computed: true, replaces: true, rule: between(1, 7) }),
      spreadLevel: text({ computed: true, replaces: true, rule: oneOf("host", "rack") }),
    },
    outputs: ["arn", "placementGroupId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(types.PLACEMENT_GROUP, name) !== undefined)
        throw new Refusal("InvalidPlacementGroup.Duplicate", `The placement group '${name}' already exists.`);
      return { id: name, outputs: { arn: cloud.arn("ec2", `placement-group/${name}`), placementGroupId: newId("pg") } };
    },
  },
  "tagged",
);
