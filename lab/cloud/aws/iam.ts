import { between, flag, json, matching, number, text } from "../model";
import { mustText, textAt, type Properties } from "../properties";
import { hex, uniqueId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { checkPolicy, jsonFault } from "./policy";
import * as refer from "./references";
import * as types from "./types";

/** Quotas of IAM: characters without white space, and managed policies of a role. */
const QUOTA = { inlineCharacters: 10_240, managedCharacters: 6144, trustCharacters: 2048, policiesPerRole: 10 };

const nameOf = (longest: number) => matching(new RegExp(`^[\\w+=,.@-]{1,${String(longest)}}$`), `expected 1 to ${String(longest)} letters, digits and +=,.@_-`);
const path = () => text({ default: "/", replaces: true, rule: matching(/^\/([\x21-\x7e]+\/)?$/, "must begin and end with /") });
const sizeOf = (policy: string): number => policy.replace(/\s/g, "").length;

/** An identity that services take on. */
export const role = awsModel(
  {
    type: types.ROLE,
    noun: "IAM Role",
    api: "IAM",
    calls: { create: "CreateRole", update: "UpdateAssumeRolePolicy", delete: "DeleteRole" },
    scope: "global",
    naming: { property: "name", longest: 64 },
    inputs: {
      name: text({ replaces: true, rule: nameOf(64) }),
      assumeRolePolicy: json({ required: true, rule: jsonFault }),
      description: text({ rule: matching(/^[\t\n\r\x20-\x7e\u00a1-\u00ff]{0,1000}$/, "at most 1000 characters of Latin-1") }),
      forceDetachPolicies: flag({ default: false }),
      maxSessionDuration: number({ default: 3600, rule: between(3600, 43_200) }),
      path: path(),
      permissionsBoundary: text({ refers: managedPolicy() }),
    },
    outputs: ["arn", "createDate", "uniqueId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      checkTrust(mustText(inputs, "assumeRolePolicy"), cloud);
      if (cloud.all(types.ROLE).some((one) => one.id.toLowerCase() === name.toLowerCase()))
        throw new Refusal("EntityAlreadyExists", `Role with name ${name} already exists.`);
      return {
        id: name,
        outputs: { arn: cloud.arn("iam", `role${mustText(inputs, "path")}${name}`), createDate: cloud.now.toISOString(), uniqueId: uniqueId("AROA") },
      };
    },
    update: ({ inputs, cloud }) => {
      checkTrust(mustText(inputs, "assumeRolePolicy"), cloud);
      return { outputs: {} };
    },
  },
  "tagged",
);

function checkTrust(policy: string, cloud: Cloud): void {
  checkPolicy(policy, "trust", "MalformedPolicyDocument", cloud);
  if (sizeOf(policy) > QUOTA.trustCharacters) throw new Refusal("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${String(QUOTA.trustCharacters)}`);
}

/** A policy that is part of a role. */
export const rolePolicy = awsModel(
  {
    type: types.ROLE_POLICY,
    noun: "IAM Role Policy",
    api: "IAM",
    calls: { create: "PutRolePolicy", update: "PutRolePolicy", delete: "DeleteRolePolicy" },
    scope: "global",
    naming: { property: "name", longest: 128 },
    inputs: {
      name: text({ replaces: true, rule: nameOf(128) }),
      policy: json({ required: true, rule: jsonFault }),
      role: text({ required: true, replaces: true, refers: refer.roleByName("Cannot delete entity, must delete policies first.") }),
    },
    outputs: [],
    create: ({ inputs, cloud }) => {
      checkInline(inputs, cloud, undefined);
      return { id: `${mustText(inputs, "role")}:${mustText(inputs, "name")}`, outputs: {} };
    },
    update: ({ inputs, cloud, resource }) => {
      checkInline(inputs, cloud, resource.id);
      return { outputs: {} };
    },
  },
  "untagged",
);

function checkInline(inputs: Properties, cloud: Cloud, ownId: string | undefined): void {
  const policy = mustText(inputs, "policy");
  checkPolicy(policy, "identity", "MalformedPolicyDocument", cloud);
  const others = cloud.all(types.ROLE_POLICY).filter((one) => one.properties["role"] === inputs["role"] && one.id !== ownId);
  const size = others.reduce((sum, one) => sum + sizeOf(mustText(one.properties, "policy")), sizeOf(policy));
  if (size > QUOTA.inlineCharacters)
    throw new Refusal(
      "LimitExceeded",
      `Maximum policy size of ${String(QUOTA.inlineCharacters)} bytes exceeded for role ${mustText(inputs, "role")} (given: ${String(size)})`,
    );
}

/** A policy of its own, to be attached. */
export const policy = awsModel(
  {
    type: types.POLICY,
    noun: "IAM Policy",
    api: "IAM",
    calls: { create: "CreatePolicy", update: "CreatePolicyVersion", delete: "DeletePolicy" },
    scope: "global",
    naming: { property: "name", longest: 128 },
    inputs: {
      name: text({ replaces: true, rule: nameOf(128) }),
      policy: json({ required: true, rule: jsonFault }),
      description: text({ replaces: true }),
      path: path(),
    },
    outputs: ["arn", "attachmentCount", "policyId"],
    create: ({ inputs, cloud }) => {
      checkManaged(inputs, cloud);
      const arn = cloud.arn("iam", `policy${mustText(inputs, "path")}${mustText(inputs, "name")}`);
      if (cloud.get(types.POLICY, arn) !== undefined)
        throw new Refusal("EntityAlreadyExists", `A policy called ${mustText(inputs, "name")} already exists. Duplicate names are not allowed.`);
      return { id: arn, outputs: { arn, attachmentCount: 0, policyId: uniqueId("ANPA") } };
    },
    update: ({ inputs, cloud }) => {
      checkManaged(inputs, cloud);
      return { outputs: {} };
    },
  },
  "tagged",
);

function checkManaged(inputs: Properties, cloud: Cloud): void {
  checkPolicy(mustText(inputs, "policy"), "identity", "MalformedPolicyDocument", cloud);
  if (sizeOf(mustText(inputs, "policy")) > QUOTA.managedCharacters)
    throw new Refusal("LimitExceeded", `Cannot exceed quota for PolicySize: ${String(QUOTA.managedCharacters)}`);
}

/** A managed policy on a role. AWS's own policies are taken as existing when their ARN has the right form. */
export const rolePolicyAttachment = awsModel(
  {
    type: types.ROLE_POLICY_ATTACHMENT,
    noun: "IAM Role Policy Attachment",
    api: "IAM",
    calls: { create: "AttachRolePolicy", update: "AttachRolePolicy", delete: "DetachRolePolicy" },
    scope: "global",
    inputs: {
      policyArn: text({ required: true, replaces: true, refers: managedPolicy() }),
      role: text({ required: true, replaces: true, refers: refer.roleByName("Cannot delete entity, must detach all policies first.") }),
    },
    outputs: [],
    create: ({ inputs, cloud }) => {
      const attached = cloud.all(types.ROLE_POLICY_ATTACHMENT).filter((one) => one.properties["role"] === inputs["role"]);
      if (attached.length >= QUOTA.policiesPerRole)
        throw new Refusal("LimitExceeded", `Cannot exceed quota for PoliciesPerRole: ${String(QUOTA.policiesPerRole)}`);
      return { id: `${mustText(inputs, "role")}-${hex(26)}`, outputs: {} };
    },
  },
  "untagged",
);

function managedPolicy(): ReturnType<typeof refer.roleByName> {
  return {
    to: [{ type: types.POLICY, by: "arn" }],
    code: "NoSuchEntity",
    message: (arn) => `Policy ${arn} does not exist or is not attachable.`,
    accepts: (arn) => /^arn:aws:iam::aws:policy\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/.test(arn),
    whenTargetGoes: { code: "DeleteConflict", message: () => "Cannot delete a policy attached to entities." },
  };
}

/** What gives a role to an instance. */
export const instanceProfile = awsModel(
  {
    type: types.INSTANCE_PROFILE,
    noun: "IAM Instance Profile",
    api: "IAM",
    calls: { create: "CreateInstanceProfile", update: "AddRoleToInstanceProfile", delete: "DeleteInstanceProfile" },
    scope: "global",
    naming: { property: "name", longest: 128 },
    inputs: {
      name: text({ replaces: true, rule: nameOf(128) }),
      path: path(),
      role: text({ refers: refer.roleByName("Cannot delete entity, must remove roles from instance profile first.") }),
    },
    outputs: ["arn", "createDate", "uniqueId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(types.INSTANCE_PROFILE, name) !== undefined) throw new Refusal("EntityAlreadyExists", `Instance Profile ${name} already exists.`);
      return {
        id: name,
        outputs: {
          arn: cloud.arn("iam", `instance-profile${textAt(inputs, "path") ?? "/"}${name}`),
          createDate: cloud.now.toISOString(),
          uniqueId: uniqueId("AIPA"),
        },
      };
    },
  },
  "tagged",
);
