import { between, flag, list, map, matching, number, object, oneOf, set, text, type Fields } from "../model";
import { integerAt, isOn, mustText, objectAt, textAt, withoutDefaultsNote, type Properties } from "../properties";
import type { Resource } from "../record";
import { newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { LAUNCH_TEMPLATE } from "./types";
import { checkUserData } from "./userData";

/** EC2's own spelling of a truth value inside a template. */
const truth = oneOf("true", "false", "");

/** Options of the metadata service, as a template and an instance have them. */
export const metadataOptions = (): Fields => ({
  httpEndpoint: text({ computed: true, rule: oneOf("enabled", "disabled") }),
  httpTokens: text({ computed: true, rule: oneOf("optional", "required") }),
  httpPutResponseHopLimit: number({ computed: true, rule: between(1, 64) }),
  httpProtocolIpv6: text({ computed: true, rule: oneOf("enabled", "disabled") }),
  instanceMetadataTags: text({ computed: true, rule: oneOf("enabled", "disabled") }),
});

const specification: Fields = {
  imageId: text({ rule: matching(/^(ami-.+|resolve:ssm:\/?.+)$/, "expected an AMI id or resolve:ssm:<parameter>") }),
  instanceType: text(),
  userData: text(),
  keyName: text(),
  ebsOptimized: text({ rule: truth }),
  disableApiStop: flag(),
  disableApiTermination: flag(),
  instanceInitiatedShutdownBehavior: text({ rule: oneOf("stop", "terminate") }),
  iamInstanceProfile: object({ arn: text(), name: text() }),
  metadataOptions: object(metadataOptions(), { computed: true }),
  monitoring: object({ enabled: flag() }),
  maintenanceOptions: object({ autoRecovery: text({ rule: oneOf("default", "disabled") }) }),
  creditSpecification: object({ cpuCredits: text({ rule: oneOf("standard", "unlimited") }) }),
  placement: object({ availabilityZone: text(), groupName: text(), tenancy: text({ rule: oneOf("default", "dedicated", "host") }) }),
  vpcSecurityGroupIds: set(text()),
  tagSpecifications: list(object({ resourceType: text(), tags: map() })),
  networkInterfaces: list(
    object({
      associatePublicIpAddress: text({ rule: truth }),
      deleteOnTermination: text({ rule: truth }),
      deviceIndex: number(),
      privateIpAddress: text(),
      securityGroups: set(text()),
      subnetId: text(),
    }),
  ),
  blockDeviceMappings: list(
    object({
      deviceName: text(),
      ebs: object({
        deleteOnTermination: text({ rule: truth }),
        encrypted: text({ rule: truth }),
        iops: number({ computed: true }),
        kmsKeyId: text({ rule: matching(/^arn:aws/, "expected an ARN") }),
        snapshotId: text(),
        throughput: number({ computed: true, rule: between(125, 2000) }),
        volumeSize: number({ computed: true, rule: between(1, 65_536) }),
        volumeType: text({ computed: true, rule: oneOf("standard", "io1", "io2", "gp2", "gp3", "sc1", "st1") }),
      }),
    }),
  ),
};

/**
 * How hosts are to be launched. A change adds a version and touches no running instance. EC2 checks next to nothing here
 * (what is in a template is judged when an instance is launched), so neither does this model.
 */
export const launchTemplate = awsModel(
  {
    type: LAUNCH_TEMPLATE,
    noun: "EC2 Launch Template",
    api: "EC2",
    calls: { create: "CreateLaunchTemplate", update: "CreateLaunchTemplateVersion", delete: "DeleteLaunchTemplate" },
    scope: "region",
    naming: { property: "name", longest: 128 },
    inputs: {
      ...specification,
      name: text({ replaces: true, rule: matching(/^[a-zA-Z0-9().\-/_]{3,128}$/, "expected 3 to 128 letters, digits and ().-/_") }),
      description: text({ rule: matching(/^.{0,255}$/, "at most 255 characters") }),
      defaultVersion: number({ computed: true, rule: between(1, 2 ** 31) }),
      updateDefaultVersion: flag(),
    },
    outputs: ["arn", "latestVersion"],
    rule: (inputs) =>
      inputs["updateDefaultVersion"] !== undefined && inputs["defaultVersion"] !== undefined
        ? [{ property: "defaultVersion", reason: "conflicts with updateDefaultVersion: give one of them" }]
        : [],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.by(LAUNCH_TEMPLATE, "name", name) !== undefined)
        throw new Refusal("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
      checkUserData(textAt(inputs, "userData"));
      const id = newId("lt");
      return {
        id,
        outputs: { arn: cloud.arn("ec2", `launch-template/${id}`), latestVersion: 1, defaultVersion: 1 },
        internal: { versions: { 1: contents(inputs) } },
      };
    },
    update: ({ inputs, resource }) => {
      checkUserData(textAt(inputs, "userData"));
      const before = integerAt(resource.properties, "latestVersion") ?? 1;
      const latest = before + (newVersion(resource.properties, inputs) ? 1 : 0);
      const chosen = isOn(inputs, "updateDefaultVersion")
        ? latest
        : (integerAt(inputs, "defaultVersion") ?? integerAt(resource.properties, "defaultVersion") ?? 1);
      const versions: Properties = { ...objectAt(resource.internal, "versions"), [String(latest)]: contents(inputs) };
      if (versions[String(chosen)] === undefined)
        throw new Refusal("InvalidLaunchTemplateId.VersionNotFound", `Could not find launch template version ${String(chosen)}`);
      return {
        outputs: { latestVersion: latest, defaultVersion: chosen },
        internal: { versions },
      };
    },
    volatile: (olds, news) => (newVersion(olds, news) ? ["latestVersion", ...(isOn(news, "updateDefaultVersion") ? ["defaultVersion"] : [])] : []),
  },
  "tagged",
);

/** What a template says in a version: a number, `$Latest` or `$Default`. */
export function templateVersion(cloud: Cloud, template: Resource, version: string): Properties {
  const named: Record<string, string> = { $Latest: "latestVersion", $Default: "defaultVersion" };
  const number = integerAt(template.properties, named[version] ?? "");
  const found = objectAt(objectAt(template.internal, "versions"), number === undefined ? version : String(number));
  if (found === undefined)
    throw new Refusal(
      "InvalidLaunchTemplateId.VersionNotFound",
      `Could not find the specified version ${version} for the launch template with ID ${template.id} in ${cloud.region}.`,
    );
  return found;
}

function contents(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(withoutDefaultsNote(inputs)).filter(([key]) => key in specification));
}

function newVersion(olds: Properties, news: Properties): boolean {
  return [...Object.keys(specification), "description"].some((key) => {
    if (specification[key]?.computed === true && news[key] === undefined) return false;
    return JSON.stringify(olds[key]) !== JSON.stringify(news[key]);
  });
}
