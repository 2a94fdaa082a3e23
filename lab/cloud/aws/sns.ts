import { randomUUID } from "node:crypto";
import { flag, json, matching, oneOf, text } from "../model";
import { mustText, textAt } from "../properties";
import { ACCOUNT, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import { checkPolicy, jsonFault } from "./policy";
import * as refer from "./references";
import { TOPIC, TOPIC_SUBSCRIPTION } from "./types";

/** Form of an endpoint by its protocol (SNS API reference, Subscribe). */
const ENDPOINTS: Record<string, RegExp> = {
  http: /^http:\/\/.+/,
  https: /^https:\/\/.+/,
  email: /^[^@\s]+@[^@\s]+$/,
  "email-json": /^[^@\s]+@[^@\s]+$/,
  sms: /^\+[1-9]\d{1,14}$/,
  sqs: /^arn:aws[a-z-]*:sqs:/,
  lambda: /^arn:aws[a-z-]*:lambda:/,
  application: /^arn:aws[a-z-]*:sns:/,
  firehose: /^arn:aws[a-z-]*:firehose:/,
};

/** What publishers send to. FIFO topics are not modelled. */
export const topic = awsModel(
  {
    type: TOPIC,
    noun: "SNS Topic",
    api: "SNS",
    calls: { create: "CreateTopic", update: "SetTopicAttributes", delete: "DeleteTopic" },
    scope: "region",
    naming: { property: "name", longest: 256 },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[\w-]{1,256}$/, "expected 1 to 256 letters, digits, hyphens and _") }),
      displayName: text({ rule: matching(/^.{0,100}$/, "at most 100 characters") }),
      // SNS itself says so at the first message only
      kmsMasterKeyId: text({ refers: refer.key("KMSNotFound") }),
      policy: json({ computed: true, rule: jsonFault }),
    },
    outputs: ["arn", "owner"],
    create: ({ inputs, cloud }) => {
      const arn = cloud.arn("sns", mustText(inputs, "name"));
      checkTopicPolicy(textAt(inputs, "policy"), cloud);
      return { id: arn, outputs: { arn, owner: ACCOUNT, policy: textAt(inputs, "policy") ?? ownersPolicy(arn) } };
    },
    update: ({ inputs, cloud }) => {
      checkTopicPolicy(textAt(inputs, "policy"), cloud);
      return { outputs: {} };
    },
  },
  "tagged",
);

function ownersPolicy(arn: string): string {
  const owner = { Sid: "__default_statement_ID", Effect: "Allow", Principal: { AWS: "*" }, Action: ["SNS:Publish", "SNS:Subscribe"], Resource: arn };
  return JSON.stringify({ Version: "2008-10-17", Statement: [{ ...owner, Condition: { StringEquals: { "AWS:SourceOwner": ACCOUNT } } }] });
}

function checkTopicPolicy(policy: string | undefined, cloud: Cloud): void {
  if (policy !== undefined) checkPolicy(policy, "resource", "InvalidParameter", cloud);
}

/** Who gets what is sent to a topic. An e-mail address has to confirm it first. */
export const topicSubscription = awsModel(
  {
    type: TOPIC_SUBSCRIPTION,
    noun: "SNS Topic Subscription",
    api: "SNS",
    calls: { create: "Subscribe", update: "SetSubscriptionAttributes", delete: "Unsubscribe" },
    scope: "region",
    inputs: {
      topic: text({
        required: true,
        replaces: true,
        refers: { to: [{ type: TOPIC, by: "arn" }], code: "NotFound", message: (arn) => `Topic does not exist: ${arn}`, whenTargetGoes: "goesToo" },
      }),
      protocol: text({ required: true, replaces: true, rule: oneOf(...Object.keys(ENDPOINTS)) }),
      endpoint: text({ required: true, replaces: true }),
      rawMessageDelivery: flag({ default: false }),
    },
    outputs: ["arn", "confirmationWasAuthenticated", "ownerId", "pendingConfirmation"],
    create: ({ inputs, cloud }) => {
      const [topicArn, protocol, endpoint] = [mustText(inputs, "topic"), mustText(inputs, "protocol"), mustText(inputs, "endpoint")];
      if (ENDPOINTS[protocol]?.test(endpoint) !== true)
        throw new Refusal("InvalidParameter", `Invalid parameter: ${endpoint} is not an endpoint of protocol ${protocol}`);
      const same = cloud
        .all(TOPIC_SUBSCRIPTION)
        .find(({ properties }) => properties["topic"] === topicArn && properties["protocol"] === protocol && properties["endpoint"] === endpoint);
      const arn = same?.id ?? `${topicArn}:${randomUUID()}`;
      const pending = ["email", "email-json", "http", "https"].includes(protocol);
      return { id: arn, outputs: { arn, ownerId: ACCOUNT, pendingConfirmation: pending, confirmationWasAuthenticated: !pending } };
    },
  },
  "untagged",
);
