import { between, flag, json, matching, number, text } from "../model";
import { isOn, mustText, textAt } from "../properties";
import { Refusal } from "./fault";
import { checkKeyPolicy, rootPolicy, scheduleDeletion } from "./kms";
import { awsModel } from "./model";
import { jsonFault } from "./policy";
import { KEY, REPLICA_KEY } from "./types";

/** The copy of a multi-Region key in another region: the same key id and material, but an ARN and a policy of its own. */
export const replicaKey = awsModel(
  {
    type: REPLICA_KEY,
    noun: "KMS Replica Key",
    api: "KMS",
    calls: { create: "ReplicateKey", update: "PutKeyPolicy", delete: "ScheduleKeyDeletion" },
    scope: "region",
    inputs: {
      primaryKeyArn: text({
        required: true,
        replaces: true,
        refers: {
          to: [
            { type: KEY, by: "arn" },
            { type: REPLICA_KEY, by: "arn" },
          ],
          code: "NotFoundException",
          message: (arn) => `Key '${arn}' does not exist`,
          anywhere: true,
          // the primary can be scheduled for deletion; it stays until its replicas are gone
          whenTargetGoes: "nothing",
        },
      }),
      bypassPolicyLockoutSafetyCheck: flag({ default: false }),
      deletionWindowInDays: number({ default: 30, rule: between(7, 30) }),
      description: text({ rule: matching(/^[^]{0,8192}$/, "at most 8192 characters") }),
      enabled: flag({ default: true }),
      policy: json({ computed: true, rule: jsonFault }),
    },
    outputs: ["arn", "keyId", "keyRotationEnabled", "keySpec", "keyUsage"],
    create: ({ inputs, cloud }) => {
      const primaryArn = mustText(inputs, "primaryKeyArn");
      const primary = cloud.anywhere(KEY, "arn", primaryArn);
      if (primary === undefined || !isOn(primary.properties, "multiRegion"))
        throw new Refusal("UnsupportedOperationException", `${primaryArn} is not a multi-Region primary key, so it cannot be replicated.`);
      if (!isOn(primary.properties, "isEnabled")) throw new Refusal("DisabledException", `${primaryArn} is disabled.`);
      const arn = cloud.arn("kms", `key/${primary.id}`);
      const pending = cloud.record.holderOf(REPLICA_KEY, cloud.region, arn, cloud.now);
      if (primary.region === cloud.region || pending !== undefined || cloud.get(REPLICA_KEY, primary.id) !== undefined)
        throw new Refusal(
          "AlreadyExistsException",
          `${arn} exists already in ${cloud.region}${pending === undefined ? "" : `, pending deletion until ${pending.until}`}.`,
        );
      checkKeyPolicy(textAt(inputs, "policy"), isOn(inputs, "bypassPolicyLockoutSafetyCheck"), cloud);
      return {
        id: primary.id,
        outputs: {
          arn,
          keyId: primary.id,
          keyRotationEnabled: isOn(primary.properties, "enableKeyRotation"),
          keySpec: mustText(primary.properties, "customerMasterKeySpec"),
          keyUsage: mustText(primary.properties, "keyUsage"),
          policy: textAt(inputs, "policy") ?? rootPolicy,
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
