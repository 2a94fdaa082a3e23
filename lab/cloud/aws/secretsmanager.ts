import { randomUUID } from "node:crypto";
import { flag, json, matching, number, object, set, text } from "../model";
import { integerAt, mustText, textAt, textsAt, type Properties } from "../properties";
import { uniqueId, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { checkPolicy, jsonFault } from "./policy";
import * as refer from "./references";
import { replicaHolding, replicate } from "./secretReplicas";
import { SECRET, SECRET_VERSION } from "./types";

/** Days in which a deleted secret can be restored, when it does not say (Secrets Manager default). */
const RECOVERY_WINDOW_DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;
/** Most bytes of a secret's value (Secrets Manager quotas). */
const VALUE_LIMIT_BYTES = 65_536;

/** A container of secret values. Its name stays taken for its recovery window, unless that is 0. */
export const secret = awsModel(
  {
    type: SECRET,
    noun: "Secrets Manager Secret",
    api: "Secrets Manager",
    calls: { create: "CreateSecret", update: "UpdateSecret", delete: "DeleteSecret" },
    scope: "region",
    naming: { property: "name", longest: 512 },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[A-Za-z0-9/_+=.@-]{1,512}$/, "expected 1 to 512 letters, digits and /_+=.@-") }),
      description: text({ rule: matching(/^[^]{0,2048}$/, "at most 2048 characters") }),
      kmsKeyId: text({ refers: refer.key("InvalidRequestException") }),
      policy: json({ computed: true, rule: jsonFault }),
      recoveryWindowInDays: number({
        default: RECOVERY_WINDOW_DAYS,
        rule: (days) => (days === 0 || (Number.isInteger(days) && days >= 7 && days <= 30) ? undefined : `expected 0 or 7 to 30 days, got ${String(days)}`),
      }),
      replicas: set(object({ region: text({ required: true }), kmsKeyId: text({ computed: true }) })),
      forceOverwriteReplicaSecret: flag({ default: false }),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.by(SECRET, "name", name) !== undefined || replicaHolding(cloud, name) !== undefined)
        throw new Refusal("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
      if (cloud.record.holderOf(SECRET, cloud.region, name, cloud.now) !== undefined) {
        throw new Refusal("InvalidRequestException", "You can't create this secret because a secret with this name is already scheduled for deletion.");
      }
      const policy = textAt(inputs, "policy");
      if (policy !== undefined) checkPolicy(policy, "resource", "MalformedPolicyDocumentException", cloud);
      const arn = cloud.arn("secretsmanager", `secret:${name}-${uniqueId("").slice(0, 6)}`);
      return { id: arn, outputs: { arn, policy: policy ?? "", ...replicasOf(inputs, cloud, {}) } };
    },
    update: ({ inputs, cloud, resource }) => {
      const policy = textAt(inputs, "policy");
      if (policy !== undefined && policy !== "") checkPolicy(policy, "resource", "MalformedPolicyDocumentException", cloud);
      return { outputs: replicasOf(inputs, cloud, resource.properties) };
    },
    delete: (resource, cloud) => {
      const days = integerAt(resource.properties, "recoveryWindowInDays") ?? RECOVERY_WINDOW_DAYS;
      if (days === 0) return;
      const until = new Date(cloud.now.getTime() + days * DAY_MILLISECONDS).toISOString();
      cloud.record.putDeleted({ type: SECRET, id: resource.id, region: resource.region, name: mustText(resource.properties, "name"), until });
    },
  },
  "tagged",
);

function replicasOf(inputs: Properties, cloud: Cloud, before: Properties): Properties {
  return inputs["replicas"] === undefined ? {} : { replicas: replicate(inputs, cloud, before) };
}

/** A value of a secret; the newest is AWSCURRENT, the one before it AWSPREVIOUS. */
export const secretVersion = awsModel(
  {
    type: SECRET_VERSION,
    noun: "Secrets Manager Secret Version",
    api: "Secrets Manager",
    calls: { create: "PutSecretValue", update: "UpdateSecretVersionStage", delete: "UpdateSecretVersionStage" },
    scope: "region",
    inputs: {
      secretId: text({
        required: true,
        replaces: true,
        refers: {
          to: [
            { type: SECRET, by: "id" },
            { type: SECRET, by: "name" },
          ],
          code: "ResourceNotFoundException",
          message: () => "Secrets Manager can't find the specified secret.",
          whenTargetGoes: "goesToo",
        },
      }),
      secretString: text({ replaces: true }),
      secretBinary: text({ replaces: true, rule: matching(/^[A-Za-z0-9+/]*={0,2}$/, "expected base64") }),
      versionStages: set(text(), { computed: true }),
    },
    outputs: ["arn", "secretArn", "versionId"],
    rule: (inputs) =>
      (inputs["secretString"] === undefined) === (inputs["secretBinary"] === undefined)
        ? [{ property: "secretString", reason: "exactly one of secretString, secretBinary must be given" }]
        : [],
    create: ({ inputs, cloud }) => {
      const bytes =
        textAt(inputs, "secretString") === undefined
          ? Buffer.from(textAt(inputs, "secretBinary") ?? "", "base64").length
          : Buffer.byteLength(mustText(inputs, "secretString"));
      if (bytes === 0 || bytes > VALUE_LIMIT_BYTES)
        throw new Refusal("InvalidParameterException", `You must provide a value of 1 to ${String(VALUE_LIMIT_BYTES)} bytes (given: ${String(bytes)}).`);
      const secretId = mustText(inputs, "secretId");
      const arn = (cloud.get(SECRET, secretId) ?? cloud.by(SECRET, "name", secretId))?.id ?? secretId;
      const stages = textsAt(inputs, "versionStages");
      const given = stages.length > 0 ? stages : ["AWSCURRENT"];
      if (given.includes("AWSCURRENT")) stepDown(cloud, arn);
      const versionId = randomUUID();
      return { id: `${arn}|${versionId}`, outputs: { arn, secretArn: arn, versionId, versionStages: given } };
    },
  },
  "untagged",
);

function stepDown(cloud: Cloud, secretArn: string): void {
  for (const older of cloud.all(SECRET_VERSION).filter((one) => one.properties["secretArn"] === secretArn)) {
    const stages = textsAt(older.properties, "versionStages").includes("AWSCURRENT") ? ["AWSPREVIOUS"] : [];
    cloud.record.put({ ...older, properties: { ...older.properties, versionStages: stages } });
  }
}
