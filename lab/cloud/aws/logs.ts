import { flag, matching, number, oneOf, text } from "../model";
import { isOn, mustText, textAt } from "../properties";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import { allowsService } from "./kms";
import { awsModel } from "./model";
import * as refer from "./references";
import { LOG_GROUP } from "./types";

/** Retention periods that CloudWatch Logs has; 0 keeps for ever. */
const RETENTION_DAYS = [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** A group of log streams. */
export const logGroup = awsModel(
  {
    type: LOG_GROUP,
    noun: "CloudWatch Logs Log Group",
    api: "CloudWatch Logs",
    calls: { create: "CreateLogGroup", update: "PutRetentionPolicy", delete: "DeleteLogGroup" },
    scope: "region",
    naming: { property: "name", longest: 512 },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[.\-_/#A-Za-z0-9]{1,512}$/, "expected 1 to 512 letters, digits and .-_/#") }),
      retentionInDays: number({
        default: 0,
        rule: (days) => (RETENTION_DAYS.includes(days) ? undefined : `expected one of ${RETENTION_DAYS.join(", ")} days, got ${String(days)}`),
      }),
      kmsKeyId: text({ rule: matching(/^arn:aws/, "expected an ARN"), refers: refer.key("InvalidParameterException") }),
      logGroupClass: text({ computed: true, replaces: true, rule: oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY") }),
      deletionProtectionEnabled: flag({ computed: true }),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(LOG_GROUP, name) !== undefined) throw new Refusal("ResourceAlreadyExistsException", "The specified log group already exists");
      checkKey(cloud, name, textAt(inputs, "kmsKeyId"));
      return {
        id: name,
        outputs: {
          arn: cloud.arn("logs", `log-group:${name}`),
          logGroupClass: textAt(inputs, "logGroupClass") ?? "STANDARD",
          deletionProtectionEnabled: isOn(inputs, "deletionProtectionEnabled"),
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      checkKey(cloud, resource.id, textAt(inputs, "kmsKeyId"));
      return { outputs: {} };
    },
    delete: (resource) => {
      if (isOn(resource.properties, "deletionProtectionEnabled"))
        throw new Refusal("ValidationException", `The log group ${resource.id} has deletion protection enabled`);
    },
  },
  "tagged",
);

function checkKey(cloud: Cloud, name: string, key: string | undefined): void {
  if (key === undefined || allowsService(cloud, key, "logs")) return;
  throw new Refusal(
    "InvalidParameterException",
    `The specified KMS key does not exist or is not allowed to be used with Arn '${cloud.arn("logs", `log-group:${name}`)}'`,
  );
}
