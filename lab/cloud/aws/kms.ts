import { randomUUID } from "node:crypto";
import { between, flag, json, matching, number, oneOf, text } from "../model";
import { integerAt, isOn, isProperties, mustText, objectAt, textAt } from "../properties";
import type { Resource } from "../record";
import { ACCOUNT, hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { checkPolicy, elements, jsonFault, principalsOf, statementsOf } from "./policy";
import * as refer from "./references";
import { ALIAS, KEY, REPLICA_KEY } from "./types";

/** Days until a deleted key is gone, when the key does not say (KMS default). */
const DELETION_WINDOW_DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;

/** The policy of a key that states none (KMS default). */
export const rootPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" }],
});

/** An encryption key. Deleting it makes it pending: it can no longer be used, and its ARN does not come back. */
export const key = awsModel(
  {
    type: KEY,
    noun: "KMS Key",
    api: "KMS",
    calls: { create: "CreateKey", update: "PutKeyPolicy", delete: "ScheduleKeyDeletion" },
    scope: "region",
    inputs: {
      bypassPolicyLockoutSafetyCheck: flag({ default: false }),
      customerMasterKeySpec: text({
        default: "SYMMETRIC_DEFAULT",
        replaces: true,
        rule: oneOf("SYMMETRIC_DEFAULT", "RSA_2048", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "HMAC_256"),
      }),
      deletionWindowInDays: number({ rule: between(7, 30) }),
      description: text({ computed: true, rule: matching(/^[^]{0,8192}$/, "at most 8192 characters") }),
      enableKeyRotation: flag({ computed: true }),
      isEnabled: flag({ default: true }),
      keyUsage: text({ default: "ENCRYPT_DECRYPT", replaces: true, rule: oneOf("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC") }),
      multiRegion: flag({ computed: true, replaces: true }),
      policy: json({ computed: true, rule: jsonFault }),
      rotationPeriodInDays: number({ computed: true, rule: between(90, 2560) }),
    },
    outputs: ["arn", "keyId"],
    create: ({ inputs, cloud }) => {
      checkKeyPolicy(textAt(inputs, "policy"), isOn(inputs, "bypassPolicyLockoutSafetyCheck"), cloud);
      const id = isOn(inputs, "multiRegion") ? `mrk-${hex(32)}` : randomUUID();
      return {
        id,
        outputs: {
          arn: cloud.arn("kms", `key/${id}`),
          keyId: id,
          description: textAt(inputs, "description") ?? "",
          enableKeyRotation: isOn(inputs, "enableKeyRotation"),
          multiRegion: isOn(inputs, "multiRegion"),
          policy: textAt(inputs, "policy") ?? rootPolicy,
          rotationPeriodInDays: integerAt(inputs, "rotationPeriodInDays") ?? (isOn(inputs, "enableKeyRotation") ? 365 : 0),
        },
      };
    },
    update: ({ inputs, cloud }) => {
      checkKeyPolicy(textAt(inputs, "policy"), isOn(inputs, "bypassPolicyLockoutSafetyCheck"), cloud);
      return { outputs: {} };
    },
    delete: scheduleDeletion,
  },
  "tagged",
);

/** Makes a key pending: its ARN stays taken for its deletion window. */
export function scheduleDeletion(resource: Resource, cloud: Cloud): void {
  const days = integerAt(resource.properties, "deletionWindowInDays") ?? DELETION_WINDOW_DAYS;
  cloud.record.putDeleted({
    type: resource.type,
    id: resource.id,
    region: resource.region,
    name: mustText(resource.properties, "arn"),
    until: new Date(cloud.now.getTime() + days * DAY_MILLISECONDS).toISOString(),
  });
}

/** A name of a key; unique in its region. */
export const alias = awsModel(
  {
    type: ALIAS,
    noun: "KMS Alias",
    api: "KMS",
    calls: { create: "CreateAlias", update: "UpdateAlias", delete: "DeleteAlias" },
    scope: "region",
    naming: { property: "name", longest: 256, prefix: "alias/" },
    inputs: {
      name: text({
        replaces: true,
        rule: matching(/^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/, 'must begin with "alias/", not with "alias/aws/", and have letters, digits and /_-'),
      }),
      targetKeyId: text({ required: true, refers: refer.key() }),
    },
    outputs: ["arn", "targetKeyArn"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(ALIAS, name) !== undefined) throw new Refusal("AlreadyExistsException", `An alias with the name ${cloud.arn("kms", name)} already exists`);
      return { id: name, outputs: { arn: cloud.arn("kms", name), targetKeyArn: keyArn(cloud, mustText(inputs, "targetKeyId")) } };
    },
    update: ({ inputs, cloud }) => ({ outputs: { targetKeyArn: keyArn(cloud, mustText(inputs, "targetKeyId")) } }),
    volatile: (olds, news) => (olds["targetKeyId"] === news["targetKeyId"] ? [] : ["targetKeyArn"]),
  },
  "untagged",
);

function keyNamed(cloud: Cloud, named: string): Resource | undefined {
  return [KEY, REPLICA_KEY].flatMap((type) => cloud.by(type, "keyId", named) ?? cloud.by(type, "arn", named) ?? [])[0];
}

function keyArn(cloud: Cloud, named: string): string {
  const found = keyNamed(cloud, named);
  if (found === undefined) throw new Refusal("ValidationException", `An alias cannot point to ${named}: give a key's id or ARN`);
  return mustText(found.properties, "arn");
}

/** Refuses a key policy that KMS refuses, among them one that locks its owner out. */
export function checkKeyPolicy(policy: string | undefined, bypass: boolean, cloud: Cloud): void {
  if (policy === undefined) return;
  checkPolicy(policy, "resource", "MalformedPolicyDocumentException", cloud);
  const keeps = statementsOf(policy).some(
    (statement) =>
      statement["Effect"] === "Allow" &&
      principalsOf(statement, "AWS").some((one) => one === "*" || one === ACCOUNT || one.startsWith(`arn:aws:iam::${ACCOUNT}:`)) &&
      elements(statement["Action"]).some((action) => ["*", "kms:*", "kms:Put*", "kms:PutKeyPolicy"].includes(action)),
  );
  if (!keeps && !bypass) throw new Refusal("MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future.");
}

/** True when a key's policy lets an AWS service use it. */
export function allowsService(cloud: Cloud, named: string, service: string): boolean {
  const found = keyNamed(cloud, named);
  return statementsOf(textAt(found?.properties, "policy") ?? "{}").some((statement) => {
    const services = principalsOf(statement, "Service");
    const encrypts = elements(statement["Action"]).some((action) => ["*", "kms:*"].includes(action) || action.startsWith("kms:Encrypt"));
    return (
      statement["Effect"] === "Allow" &&
      encrypts &&
      services.some((one) => one === `${service}.amazonaws.com` || one === `${service}.${cloud.region}.amazonaws.com`)
    );
  });
}

/** Whether a key's policy itself lets a role do all of this: its own name, or anyone's whose ARN it is. A role whose own policy says nothing of the key has nothing from the account. */
export function allowsRole(cloud: Cloud, named: string, role: string, actions: readonly string[]): boolean {
  const statements = statementsOf(textAt(keyNamed(cloud, named)?.properties, "policy") ?? "{}").filter((statement) => {
    const condition = isProperties(statement["Condition"]) ? statement["Condition"] : {};
    const arns = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"].flatMap((operator) => elements(objectAt(condition, operator)?.["aws:PrincipalArn"]));
    const anyone = principalsOf(statement, "AWS").includes("*") && (arns.length === 0 || arns.includes(role));
    return statement["Effect"] === "Allow" && (anyone || principalsOf(statement, "AWS").includes(role));
  });
  return actions.every((action) => statements.some((statement) => elements(statement["Action"]).some((pattern) => matches(pattern, action))));
}

function matches(pattern: string, action: string): boolean {
  return pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}
