import { between, list, map, matching, number, object, oneOf, text, type Shape } from "../model";
import { integerAt, mustText, objectAt, objectsAt, textAt, type Properties } from "../properties";
import { ACCOUNT, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { assumableBy } from "./policy";
import * as refer from "./references";
import { setting } from "./s3";
import { BUCKET, BUCKET_REPLICATION, BUCKET_VERSIONING } from "./types";

/** The one time that Replication Time Control promises, and the most rules (S3 user guide). */
const RTC_MINUTES = 15;
const MOST_RULES = 1000;
const CLASSES = ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "GLACIER_IR", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY"];

const status = (): Shape => text({ required: true, rule: oneOf("Enabled", "Disabled") });
const minutes = (): Shape =>
  object({
    minutes: number({ required: true, rule: (given) => (given === RTC_MINUTES ? undefined : `expected ${String(RTC_MINUTES)} minutes, got ${String(given)}`) }),
  });

/** What a bucket copies, and to which buckets of any region. */
export const replication = setting({
  token: BUCKET_REPLICATION,
  noun: "S3 Bucket Replication Configuration",
  call: "BucketReplication",
  inputs: {
    role: text({ required: true, refers: refer.roleByArn("InvalidRequest") }),
    rules: list(
      object({
        id: text({ computed: true, rule: matching(/^.{0,255}$/, "at most 255 characters") }),
        priority: number({ rule: between(0, 2 ** 31 - 1) }),
        status: status(),
        filter: object({
          prefix: text(),
          tag: object({ key: text({ required: true }), value: text({ required: true }) }),
          and: object({ prefix: text(), tags: map() }),
        }),
        destination: object(
          {
            bucket: text({
              required: true,
              refers: {
                to: [{ type: BUCKET, by: "arn" }],
                code: "InvalidRequest",
                message: (arn) => `Destination bucket must exist: ${arn}`,
                anywhere: true,
                whenTargetGoes: "nothing",
              },
            }),
            account: text({ rule: matching(/^\d{12}$/, "expected 12 digits") }),
            storageClass: text({ rule: oneOf(...CLASSES) }),
            encryptionConfiguration: object({ replicaKmsKeyId: text({ required: true }) }),
            replicationTime: object({ status: status(), time: { ...minutes(), required: true } }),
            metrics: object({ status: status(), eventThreshold: minutes() }),
          },
          { required: true },
        ),
        sourceSelectionCriteria: object({
          sseKmsEncryptedObjects: object({ status: status() }),
          replicaModifications: object({ status: status() }),
        }),
        deleteMarkerReplication: object({ status: status() }),
        existingObjectReplication: object({ status: status() }),
      }),
      { required: true, rule: (rules) => (rules.length >= 1 && rules.length <= MOST_RULES ? undefined : `expected 1 to ${String(MOST_RULES)} rules`) },
    ),
  },
  check: ({ inputs, cloud }) => {
    const source = mustText(inputs, "bucket");
    if (!isVersioned(cloud, source)) throw invalid("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    if (!assumableBy(cloud, mustText(inputs, "role"), "s3.amazonaws.com"))
      throw invalid(`Amazon S3 cannot assume the role ${mustText(inputs, "role")}: its trust policy must name s3.amazonaws.com`);
    const rules = objectsAt(inputs, "rules");
    const ids = rules.map((rule) => textAt(rule, "id")).filter((id) => id !== undefined);
    if (new Set(ids).size !== ids.length) throw new Refusal("InvalidArgument", "Rule Id must be unique. Found same Id for more than one rule");
    const priorities = rules.map((rule) => integerAt(rule, "priority")).filter((priority) => priority !== undefined);
    if (new Set(priorities).size !== priorities.length) throw invalid("Found duplicate priority in rules: priorities must be unique");
    for (const rule of rules) {
      judgeSchema(rule, rules.length);
      judgeDestination(rule, source, cloud);
    }
  },
});

const invalid = (message: string): Refusal => new Refusal("InvalidRequest", message);

function isVersioned(cloud: Cloud, bucketName: string): boolean {
  return textAt(objectAt(cloud.get(BUCKET_VERSIONING, bucketName)?.properties, "versioningConfiguration"), "status") === "Enabled";
}

// A rule with a filter, even an empty one, is of S3's second schema, which says what becomes of delete markers.
function judgeSchema(rule: Properties, rules: number): void {
  const filter = objectAt(rule, "filter");
  const version = "for this version of Cross Region Replication configuration schema";
  if (filter === undefined) {
    const stray = ["deleteMarkerReplication", "priority"].find((key) => rule[key] !== undefined);
    if (stray !== undefined) throw invalid(`${stray} cannot be specified ${version}: the rule has no filter`);
    if (rules > 1) throw invalid(`Number of distinct rules exceeds one ${version}: give each a filter and a priority`);
  } else {
    if (rule["deleteMarkerReplication"] === undefined) throw invalid(`DeleteMarkerReplication must be specified ${version}`);
    if (rule["priority"] === undefined && rules > 1) throw invalid(`Priority must be specified ${version}`);
    if (Object.keys(filter).length > 1) throw new Refusal("MalformedXML", "A filter has one of prefix, tag, and");
    const tagged = filter["tag"] !== undefined || objectAt(filter, "and")?.["tags"] !== undefined;
    if (tagged && textAt(objectAt(rule, "deleteMarkerReplication"), "status") === "Enabled")
      throw invalid("Delete marker replication is not supported if any Tag filter is specified.");
  }
  // the API has no such element unless AWS Support has switched it on for the account
  if (rule["existingObjectReplication"] !== undefined)
    throw new Refusal("MalformedXML", "The XML you provided was not well-formed (ExistingObjectReplication needs AWS Support; use S3 Batch Replication)");
}

function judgeDestination(rule: Properties, source: string, cloud: Cloud): void {
  const destination = objectAt(rule, "destination") ?? {};
  const target = cloud.anywhere(BUCKET, "arn", textAt(destination, "bucket"));
  if (target === undefined || target.id === source) throw invalid("Destination bucket must be another bucket than the source");
  const there = cloud.in(target.region);
  if (!isVersioned(there, target.id)) throw invalid("Destination bucket must have versioning enabled.");
  if ((textAt(destination, "account") ?? ACCOUNT) !== ACCOUNT) throw invalid("Account must be the owner of the destination bucket");
  const metrics = objectAt(destination, "metrics");
  if (
    textAt(objectAt(destination, "replicationTime"), "status") === "Enabled" &&
    (textAt(metrics, "status") !== "Enabled" || metrics?.["eventThreshold"] === undefined)
  )
    throw invalid("ReplicationTime needs Metrics that are enabled, with an event threshold.");
  const encrypted = objectAt(objectAt(rule, "sourceSelectionCriteria"), "sseKmsEncryptedObjects");
  const key = textAt(objectAt(destination, "encryptionConfiguration"), "replicaKmsKeyId");
  if (encrypted !== undefined && key === undefined) throw invalid("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.");
  if (encrypted === undefined && key !== undefined) throw invalid("SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.");
  if (key !== undefined && !refer.keyExists(there, key))
    throw new Refusal("InvalidArgument", `Invalid ReplicaKmsKeyID ${key}: expected a key of the destination's region, ${there.region}`);
}
