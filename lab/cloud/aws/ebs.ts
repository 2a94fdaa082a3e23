import { between, flag, matching, number, oneOf, text } from "../model";
import { integerAt, isOn, mustText, objectAt, objectsAt, textAt, type Properties } from "../properties";
import { hex, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { templateVersion } from "./launchTemplates";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";
import { requireZone } from "./vpc";

/** Limits of gp3 volumes (EBS user guide). */
const GP3 = { iops: 3000, mostIops: 80_000, iopsPerGib: 500, throughput: 125, mostThroughput: 2000, throughputPerIops: 0.25 };

/** A data volume of one zone. It can grow, never shrink. */
export const volume = awsModel(
  {
    type: types.VOLUME,
    noun: "EBS Volume",
    api: "EC2",
    calls: { create: "CreateVolume", update: "ModifyVolume", delete: "DeleteVolume" },
    scope: "region",
    inputs: {
      availabilityZone: text({ required: true, replaces: true }),
      encrypted: flag({ computed: true, replaces: true }),
      kmsKeyId: text({ computed: true, replaces: true, rule: matching(/^arn:aws/, "expected an ARN"), refers: refer.key("InvalidKMSKey.InvalidState") }),
      size: number({ required: true, rule: between(1, 65_536) }),
      type: text({ computed: true, rule: oneOf("gp2", "gp3", "io1", "io2", "st1", "sc1", "standard") }),
      iops: number({ computed: true }),
      throughput: number({ computed: true, rule: between(GP3.throughput, GP3.mostThroughput) }),
      multiAttachEnabled: flag({ replaces: true }),
    },
    outputs: ["arn", "createTime"],
    create: ({ inputs, cloud }) => {
      requireZone(cloud, mustText(inputs, "availabilityZone"), "Volumes");
      const chosen = performance(inputs, {});
      const id = newId("vol");
      const kmsKeyId = textAt(inputs, "kmsKeyId");
      if (kmsKeyId !== undefined && !isOn(inputs, "encrypted"))
        throw new Refusal("InvalidParameterDependency", "The parameter KmsKeyId requires the parameter Encrypted to be set.");
      return {
        id,
        outputs: {
          ...chosen,
          encrypted: isOn(inputs, "encrypted"),
          kmsKeyId: kmsKeyId ?? "",
          arn: cloud.arn("ec2", `volume/${id}`),
          createTime: cloud.now.toISOString(),
        },
      };
    },
    update: ({ inputs, resource }) => {
      if ((integerAt(inputs, "size") ?? 0) < (integerAt(resource.properties, "size") ?? 0))
        throw new Refusal("InvalidParameterValue", "New size cannot be smaller than existing size");
      return { outputs: performance(inputs, resource.properties) };
    },
  },
  "tagged",
);

function performance(inputs: Properties, before: Properties): Properties {
  const type = textAt(inputs, "type") ?? textAt(before, "type") ?? "gp2";
  const size = integerAt(inputs, "size") ?? 0;
  if (type !== "gp3") return { type, iops: integerAt(inputs, "iops") ?? Math.max(100, size * 3), throughput: 0 };
  const iops = integerAt(inputs, "iops") ?? GP3.iops;
  const throughput = integerAt(inputs, "throughput") ?? GP3.throughput;
  if (iops < GP3.iops || iops > GP3.mostIops)
    throw new Refusal("InvalidParameterValue", `Volume iops of ${String(iops)} is out of range; gp3 has ${String(GP3.iops)} to ${String(GP3.mostIops)}`);
  if (iops > Math.max(GP3.iops, size * GP3.iopsPerGib))
    throw new Refusal(
      "InvalidParameterValue",
      `Iops to volume size ratio of ${String(iops)}:${String(size)} is too high; maximum is ${String(GP3.iopsPerGib)}`,
    );
  if (throughput > iops * GP3.throughputPerIops)
    throw new Refusal(
      "InvalidParameterValue",
      `Throughput (MiBps) to iops ratio of ${String(throughput)}:${String(iops)} is too high; maximum is ${String(GP3.throughputPerIops)} MiBps per iops`,
    );
  return { type, iops, throughput };
}

/** A volume on an instance of its zone. */
export const volumeAttachment = awsModel(
  {
    type: types.VOLUME_ATTACHMENT,
    noun: "EBS Volume Attachment",
    api: "EC2",
    calls: { create: "AttachVolume", update: "AttachVolume", delete: "DetachVolume" },
    scope: "region",
    inputs: {
      deviceName: text({ required: true, replaces: true }),
      instanceId: text({ required: true, replaces: true, refers: refer.instance("goesToo") }),
      volumeId: text({ required: true, replaces: true, refers: refer.volume() }),
      forceDetach: flag(),
      stopInstanceBeforeDetaching: flag(),
    },
    outputs: [],
    create: ({ inputs, cloud }) => {
      const device = mustText(inputs, "deviceName");
      const volumeId = mustText(inputs, "volumeId");
      const instanceId = mustText(inputs, "instanceId");
      const disk = cloud.must(types.VOLUME, volumeId).properties;
      const host = cloud.must(types.INSTANCE, instanceId).properties;
      if (!/^(\/dev\/)?(sd[b-z]|xvd[b-z]{1,2})\d*$/.test(device))
        throw new Refusal("InvalidParameterValue", `Value (${device}) for parameter device is invalid. ${device} is not a valid EBS device name.`);
      if (disk["availabilityZone"] !== host["availabilityZone"])
        throw new Refusal("InvalidVolume.ZoneMismatch", `The volume '${volumeId}' is not in the same availability zone as instance '${instanceId}'`);
      const attached = cloud.all(types.VOLUME_ATTACHMENT);
      if (!isOn(disk, "multiAttachEnabled") && attached.some((one) => one.properties["volumeId"] === volumeId))
        throw new Refusal("VolumeInUse", `${volumeId} is already attached to an instance`);
      const onHost = attached.filter((one) => one.properties["instanceId"] === instanceId).map((one) => one.properties["deviceName"]);
      if (onHost.includes(device) || devicesOf(cloud, host).includes(device)) {
        throw new Refusal("InvalidParameterValue", `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`);
      }
      return { id: `vai-${hex(10)}`, outputs: {} };
    },
  },
  "untagged",
);

function devicesOf(cloud: Cloud, host: Properties): string[] {
  const root = textAt(objectAt(host, "rootBlockDevice"), "deviceName") ?? "";
  const named = objectAt(host, "launchTemplate");
  const template = cloud.get(types.LAUNCH_TEMPLATE, textAt(named, "id"));
  if (template === undefined) return [root];
  const says = templateVersion(cloud, template, "$Latest");
  return [root, ...objectsAt(says, "blockDeviceMappings").map((one) => textAt(one, "deviceName") ?? "")];
}
