import { between, flag, json, list, map, matching, number, object, oneOf, text, type Fields } from "../model";
import { isOn, mustText, objectAt, objectsAt, textAt, type Properties } from "../properties";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel, type AwsModel, type CreateCall } from "./model";
import { checkPolicy, elements, jsonFault, principalsOf, statementsOf } from "./policy";
import * as refer from "./references";
import { BUCKET, BUCKET_ENCRYPTION, BUCKET_POLICY, BUCKET_REPLICATION, BUCKET_VERSIONING } from "./types";

/** Most bytes of a bucket policy (S3 user guide). */
const POLICY_LIMIT_BYTES = 20_480;

const PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

function nameFault(name: string): string | undefined {
  const formed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes("..") && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
  const kept = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3)$/.test(name);
  return formed && !kept
    ? undefined
    : `not a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, none of S3's own prefixes and suffixes; got ${name}`;
}

/** A bucket; its name is unique in all regions. Objects are not modelled, so it counts as empty when it is deleted. */
export const bucket = awsModel(
  {
    type: BUCKET,
    noun: "S3 Bucket",
    api: "S3",
    calls: { create: "CreateBucket", update: "PutBucketTagging", delete: "DeleteBucket" },
    scope: "region",
    naming: { property: "bucket", longest: 63, clean: (name) => name.toLowerCase().replace(/[^a-z0-9.-]/g, "-") },
    inputs: {
      bucket: text({ replaces: true, rule: nameFault }),
      forceDestroy: flag({ default: false }),
      objectLockEnabled: flag({ computed: true, replaces: true }),
    },
    outputs: ["arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName", "hostedZoneId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "bucket");
      if (cloud.record.all(BUCKET).some((one) => one.id === name))
        throw new Refusal("BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.");
      return {
        id: name,
        outputs: {
          arn: cloud.arn("s3", name),
          bucketDomainName: `${name}.s3.amazonaws.com`,
          bucketRegion: cloud.region,
          bucketRegionalDomainName: `${name}.s3.${cloud.region}.amazonaws.com`,
          hostedZoneId: "Z3AQBSTGFYJSTF",
          objectLockEnabled: isOn(inputs, "objectLockEnabled"),
        },
      };
    },
  },
  "tagged",
);

/** One thing that can be set on a bucket. */
export interface Setting {
  token: string;
  noun: string;
  call: string;
  inputs: Fields;
  check?: (call: CreateCall) => void;
  delete?: AwsModel["delete"];
}

/** What is set on a bucket: one of a kind a bucket, gone with it. */
export function setting({ token, noun, call, inputs, check, delete: unset }: Setting): AwsModel {
  return awsModel(
    {
      type: token,
      noun,
      api: "S3",
      calls: { create: `Put${call}`, update: `Put${call}`, delete: `Delete${call}` },
      scope: "region",
      inputs: { bucket: text({ required: true, replaces: true, refers: refer.bucket() }), ...inputs },
      outputs: [],
      create: (made) => {
        check?.(made);
        return { id: mustText(made.inputs, "bucket"), outputs: {} };
      },
      update: (changed) => {
        check?.(changed);
        return { outputs: {} };
      },
      ...(unset === undefined ? {} : { delete: unset }),
    },
    "untagged",
  );
}

// Without versioning there is nothing to replicate, so S3 keeps it while the bucket replicates.
function refuseWhileReplicating(bucketName: string, cloud: Cloud): void {
  if (cloud.get(BUCKET_REPLICATION, bucketName) !== undefined)
    throw new Refusal("InvalidBucketState", "A replication configuration is present on this bucket, so the versioning state cannot be changed.");
}

const versioning = setting({
  token: BUCKET_VERSIONING,
  noun: "S3 Bucket Versioning",
  call: "BucketVersioning",
  inputs: {
    versioningConfiguration: object(
      {
        status: text({ required: true, rule: oneOf("Enabled", "Suspended", "Disabled") }),
        mfaDelete: text({ computed: true, rule: oneOf("Enabled", "Disabled") }),
      },
      { required: true },
    ),
  },
  check: ({ inputs, cloud }) => {
    if (textAt(objectAt(inputs, "versioningConfiguration"), "status") !== "Enabled") refuseWhileReplicating(mustText(inputs, "bucket"), cloud);
  },
  delete: (resource, cloud) => {
    refuseWhileReplicating(resource.id, cloud);
  },
});

const encryption = setting({
  token: BUCKET_ENCRYPTION,
  noun: "S3 Bucket Server-side Encryption Configuration",
  call: "BucketEncryption",
  inputs: {
    rules: list(
      object({
        bucketKeyEnabled: flag(),
        applyServerSideEncryptionByDefault: object({
          sseAlgorithm: text({ required: true, rule: oneOf("AES256", "aws:kms", "aws:kms:dsse") }),
          kmsMasterKeyId: text({ refers: refer.key() }),
        }),
      }),
      { required: true },
    ),
  },
  check: ({ inputs }) => {
    for (const rule of objectsAt(inputs, "rules")) {
      const chosen = objectAt(rule, "applyServerSideEncryptionByDefault");
      if (textAt(chosen, "kmsMasterKeyId") !== undefined && textAt(chosen, "sseAlgorithm") === "AES256") {
        throw new Refusal("InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse");
      }
    }
  },
});

const publicAccessBlock = setting({
  token: PUBLIC_ACCESS_BLOCK,
  noun: "S3 Bucket Public Access Block",
  call: "PublicAccessBlock",
  inputs: {
    blockPublicAcls: flag({ default: false }),
    blockPublicPolicy: flag({ default: false }),
    ignorePublicAcls: flag({ default: false }),
    restrictPublicBuckets: flag({ default: false }),
  },
});

const days = () => number({ rule: between(0, 2 ** 31 - 1) });

const lifecycle = setting({
  token: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  noun: "S3 Bucket Lifecycle Configuration",
  call: "BucketLifecycleConfiguration",
  inputs: {
    transitionDefaultMinimumObjectSize: text({ computed: true }),
    rules: list(
      object({
        id: text({ required: true, rule: matching(/^.{1,255}$/, "expected 1 to 255 characters") }),
        status: text({ required: true, rule: oneOf("Enabled", "Disabled") }),
        prefix: text({ computed: true }),
        filter: object(
          {
            prefix: text(),
            objectSizeGreaterThan: number(),
            objectSizeLessThan: number(),
            tag: object({ key: text({ required: true }), value: text({ required: true }) }),
            and: object({ prefix: text(), objectSizeGreaterThan: number(), objectSizeLessThan: number(), tags: map() }),
          },
          { computed: true },
        ),
        abortIncompleteMultipartUpload: object({ daysAfterInitiation: days() }),
        expiration: object({ date: text(), days: days(), expiredObjectDeleteMarker: flag() }),
        noncurrentVersionExpiration: object({
          newerNoncurrentVersions: number({ rule: between(1, 100) }),
          noncurrentDays: number({ required: true, rule: between(1, 2 ** 31 - 1) }),
        }),
        transitions: list(object({ date: text(), days: days(), storageClass: text({ required: true }) })),
        noncurrentVersionTransitions: list(
          object({ newerNoncurrentVersions: number(), noncurrentDays: number({ required: true }), storageClass: text({ required: true }) }),
        ),
      }),
      { required: true },
    ),
  },
  check: ({ inputs }) => {
    const rules = objectsAt(inputs, "rules");
    if (new Set(rules.map((rule) => rule["id"])).size !== rules.length)
      throw new Refusal("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
    const idle = rules.find(
      (rule) =>
        !["abortIncompleteMultipartUpload", "expiration", "noncurrentVersionExpiration", "transitions", "noncurrentVersionTransitions"].some(
          (key) => rule[key] !== undefined,
        ),
    );
    if (idle !== undefined) throw new Refusal("InvalidRequest", `At least one action needs to be specified in a rule (rule ${textAt(idle, "id") ?? ""})`);
  },
});

const ownershipControls = setting({
  token: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  noun: "S3 Bucket Ownership Controls",
  call: "BucketOwnershipControls",
  inputs: {
    rule: object({ objectOwnership: text({ required: true, rule: oneOf("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced") }) }, { required: true }),
  },
});

const bucketPolicy = setting({
  token: BUCKET_POLICY,
  noun: "S3 Bucket Policy",
  call: "BucketPolicy",
  inputs: { policy: json({ required: true, rule: jsonFault }) },
  check: ({ inputs, cloud }) => {
    const name = mustText(inputs, "bucket");
    const written = mustText(inputs, "policy");
    if (Buffer.byteLength(written) > POLICY_LIMIT_BYTES)
      throw new Refusal("PolicyTooLarge", `Policy exceeds the maximum allowed document size of ${String(POLICY_LIMIT_BYTES)} bytes`);
    checkPolicy(written, "resource", "MalformedPolicy", cloud);
    for (const statement of statementsOf(written)) {
      const mine = elements(statement["Resource"]).every((one) => one === `arn:aws:s3:::${name}` || one.startsWith(`arn:aws:s3:::${name}/`));
      if (!mine) throw new Refusal("MalformedPolicy", "Policy has invalid resource");
    }
    if (isOn(cloud.get(PUBLIC_ACCESS_BLOCK, name)?.properties, "blockPublicPolicy") && statementsOf(written).some(isPublic)) {
      throw new Refusal(
        "AccessDenied",
        "User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
      );
    }
  },
});

function isPublic(statement: Properties): boolean {
  return statement["Effect"] === "Allow" && principalsOf(statement, "AWS").includes("*") && statement["Condition"] === undefined;
}

/** What can be set on a bucket. */
export const bucketSettings: readonly AwsModel[] = [versioning, encryption, publicAccessBlock, lifecycle, ownershipControls, bucketPolicy];
