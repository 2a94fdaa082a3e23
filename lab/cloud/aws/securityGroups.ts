import { between, flag, list, matching, number, object, set, text, type Failure } from "../model";
import { integerAt, mustText, textAt, UNKNOWN, type Properties } from "../properties";
import { isBlock } from "./cidr";
import { ACCOUNT, newId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel, type AwsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";

/** What EC2 allows in descriptions of groups and rules. */
const describable = matching(
  /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/,
  "invalid security group description: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, at most 255 characters",
);

/** Rules of one direction that a group can have (default quota of a new account). */
const RULE_QUOTA = 60;

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const inline = () =>
  set(
    object({
      cidrBlocks: list(text({ rule: isBlock })),
      ipv6CidrBlocks: list(text()),
      description: text({ rule: describable }),
      fromPort: number({ required: true }),
      toPort: number({ required: true }),
      protocol: text({ required: true }),
      securityGroups: set(text({ refers: refer.securityGroup() })),
      self: flag(),
    }),
    { computed: true },
  );

/** A group of one VPC; its name is unique there. */
export const securityGroup = awsModel(
  {
    type: types.SECURITY_GROUP,
    noun: "Security Group",
    api: "EC2",
    calls: { create: "CreateSecurityGroup", update: "AuthorizeSecurityGroupIngress", delete: "DeleteSecurityGroup" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({ replaces: true, rule: (name) => (name.startsWith("sg-") ? "a group's name cannot begin with sg-" : describable(name)) }),
      description: text({ default: "Managed by Pulumi", replaces: true, rule: describable }),
      vpcId: text({ required: true, replaces: true, refers: refer.vpc() }),
      ingress: inline(),
      egress: inline(),
      revokeRulesOnDelete: flag({ default: false }),
    },
    outputs: ["arn", "ownerId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      const vpcId = mustText(inputs, "vpcId");
      if (name === "default" || cloud.all(types.SECURITY_GROUP).some((one) => one.properties["vpcId"] === vpcId && one.properties["name"] === name)) {
        throw new Refusal("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpcId}'`);
      }
      const id = newId("sg");
      return {
        id,
        outputs: { arn: cloud.arn("ec2", `security-group/${id}`), ownerId: ACCOUNT, ingress: inputs["ingress"] ?? [], egress: inputs["egress"] ?? [] },
      };
    },
  },
  "tagged",
);

/** The default group of a VPC, taken over with its rules removed. Deleting it leaves the group to the VPC. */
export const defaultSecurityGroup = awsModel(
  {
    type: types.DEFAULT_SECURITY_GROUP,
    noun: "EC2 Default Security Group",
    api: "EC2",
    calls: { create: "DescribeSecurityGroups", update: "AuthorizeSecurityGroupIngress", delete: "DescribeSecurityGroups" },
    scope: "region",
    inputs: {
      vpcId: text({ required: true, replaces: true, refers: refer.vpc("goesToo") }),
      ingress: inline(),
      egress: inline(),
      revokeRulesOnDelete: flag({ default: false }),
    },
    outputs: ["arn", "description", "name", "ownerId"],
    create: ({ inputs, cloud }) => {
      const id = mustText(cloud.must(types.VPC, mustText(inputs, "vpcId")).properties, "defaultSecurityGroupId");
      return {
        id,
        outputs: {
          arn: cloud.arn("ec2", `security-group/${id}`),
          description: "default VPC security group",
          name: "default",
          ownerId: ACCOUNT,
          ingress: inputs["ingress"] ?? [],
          egress: inputs["egress"] ?? [],
        },
      };
    },
  },
  "tagged",
);

function ruleModel(type: string, noun: string, direction: "Ingress" | "Egress"): AwsModel {
  return awsModel(
    {
      type,
      noun,
      api: "EC2",
      calls: { create: `AuthorizeSecurityGroup${direction}`, update: "ModifySecurityGroupRules", delete: `RevokeSecurityGroup${direction}` },
      scope: "region",
      inputs: {
        securityGroupId: text({ required: true, replaces: true, refers: refer.securityGroup("goesToo") }),
        ipProtocol: text({ required: true, rule: protocolFault }),
        fromPort: number({ rule: between(-1, 65535) }),
        toPort: number({ rule: between(-1, 65535) }),
        cidrIpv4: text({ rule: isBlock }),
        cidrIpv6: text(),
        prefixListId: text(),
        referencedSecurityGroupId: text({ refers: refer.securityGroup() }),
        description: text({ rule: describable }),
      },
      outputs: ["arn", "securityGroupRuleId"],
      rule: ruleFaults,
      create: ({ inputs, cloud }) => {
        checkRule(cloud, type, inputs, undefined);
        const id = newId("sgr");
        return { id, outputs: { arn: cloud.arn("ec2", `security-group-rule/${id}`), securityGroupRuleId: id } };
      },
      update: ({ inputs, cloud, resource }) => {
        checkRule(cloud, type, inputs, resource.id);
        return { outputs: {} };
      },
    },
    "tagged",
  );
}

function protocolFault(value: string): string | undefined {
  const isNumber = /^(-1|\d{1,3})$/.test(value) && Number(value) <= 255;
  return isNumber || ["tcp", "udp", "icmp", "icmpv6"].includes(value)
    ? undefined
    : `expected tcp, udp, icmp, icmpv6 or a protocol number from -1 to 255, got ${value}`;
}

function ruleFaults(inputs: Properties): Failure[] {
  const sources = SOURCES.filter((key) => inputs[key] !== undefined);
  return sources.length === 1
    ? []
    : [
        {
          property: "referencedSecurityGroupId",
          reason: `Invalid Attribute Combination: exactly one of ${SOURCES.join(", ")} must be given, got ${String(sources.length)}`,
        },
      ];
}

function checkRule(cloud: Cloud, type: string, inputs: Properties, ownId: string | undefined): void {
  const protocol = mustText(inputs, "ipProtocol");
  const from = integerAt(inputs, "fromPort");
  const to = integerAt(inputs, "toPort");
  if (["tcp", "udp", "6", "17"].includes(protocol)) {
    if (from === undefined || to === undefined)
      throw new Refusal("InvalidParameterValue", "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    if (from < 0 || from > to) throw new Refusal("InvalidParameterValue", `Invalid ${protocol.toUpperCase()} port range (${String(from)}:${String(to)})`);
  }
  const groupId = mustText(inputs, "securityGroupId");
  const peerId = textAt(inputs, "referencedSecurityGroupId");
  if (peerId !== undefined && vpcOfGroup(cloud, peerId) !== vpcOfGroup(cloud, groupId)) {
    throw new Refusal("InvalidGroup.NotFound", "You have specified two resources that belong to different networks.");
  }
  const siblings = cloud.all(type).filter((one) => one.properties["securityGroupId"] === groupId && one.id !== ownId);
  if (siblings.some((one) => identity(one.properties) === identity(inputs))) {
    const peer = SOURCES.map((key) => textAt(inputs, key)).find((one) => one !== undefined) ?? UNKNOWN;
    throw new Refusal(
      "InvalidPermission.Duplicate",
      `the specified rule "peer: ${peer}, ${protocol.toUpperCase()}, from port: ${String(from)}, to port: ${String(to)}, ALLOW" already exists`,
    );
  }
  if (siblings.length >= RULE_QUOTA)
    throw new Refusal("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.");
}

function identity(rule: Properties): string {
  const anyPort = rule["ipProtocol"] === "-1";
  return JSON.stringify([rule["ipProtocol"], anyPort ? null : rule["fromPort"], anyPort ? null : rule["toPort"], ...SOURCES.map((key) => rule[key] ?? null)]);
}

function vpcOfGroup(cloud: Cloud, groupId: string): string | undefined {
  return textAt(cloud.get(types.SECURITY_GROUP, groupId)?.properties, "vpcId") ?? cloud.by(types.VPC, "defaultSecurityGroupId", groupId)?.id;
}

export const ingressRule = ruleModel(types.INGRESS_RULE, "VPC Security Group Ingress Rule", "Ingress");
export const egressRule = ruleModel(types.EGRESS_RULE, "VPC Security Group Egress Rule", "Egress");
