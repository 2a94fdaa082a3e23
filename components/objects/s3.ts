import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { workPrefixes } from "../../blueprint/objects";
import type { Bucket } from "../../blueprint/types";
import { Component } from "../component";
import type { Grant } from "../grant";
import type { Foundation } from "../host/foundation";
import { policyDocument } from "../policy-document";
import type { ObjectStore } from "./index";

/** A bucket that can be copied to another. */
export interface KeptBucket {
  arn: pulumi.Output<string>;
  versioning: pulumi.Resource;
}

/** Versioned, encrypted, private buckets with the lifecycle that the application needs. */
export class S3 extends Component implements ObjectStore {
  public readonly applicationStatements: Grant[];
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  /** By purpose, with what makes them versions. */
  public readonly buckets = new Map<Bucket["purpose"], KeptBucket>();

  public constructor(
    private readonly name: string,
    private readonly foundation: Foundation,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:objects:S3", name, opts);
    const { objects } = foundation.blueprint;
    const arns = pulumi.all(objects.buckets.map((bucket) => this.bucket(bucket)));
    this.applicationStatements = [
      // Without ListBucket a missing object is answered 403, and the application takes that for a fault.
      { actions: ["s3:ListBucket"], resources: arns },
      {
        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        resources: arns.apply((buckets) => buckets.map((arn) => `${arn}/*`)),
      },
      {
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: pulumi.all([foundation.keyArn]),
        conditions: { StringEquals: { "kms:ViaService": `s3.${foundation.blueprint.region}.amazonaws.com` } },
      },
    ];
    this.publish({ kind: "s3", buckets: objects.buckets.map((bucket) => bucket.name), versioning: true, lifecycle: objects.lifecycle });
  }

  private bucket({ name: bucketName, purpose }: Bucket): pulumi.Output<string> {
    const { blueprint, keyArn } = this.foundation;
    const { lifecycle } = blueprint.objects;
    const child = (what: string): string => `${this.name}-${purpose}${what}`;
    const bucket = new s3.Bucket(child(""), { bucket: bucketName }, { parent: this, protect: blueprint.deletionProtection });
    const on = { bucket: bucket.id };
    const versioning = new s3.BucketVersioning(child("-versioning"), { ...on, versioningConfiguration: { status: "Enabled" } }, { parent: this });
    new s3.BucketServerSideEncryptionConfiguration(
      child("-encryption"),
      {
        ...on,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn }, bucketKeyEnabled: true }],
      },
      { parent: this },
    );
    const access = new s3.BucketPublicAccessBlock(
      child("-access"),
      { ...on, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this },
    );
    new s3.BucketOwnershipControls(child("-ownership"), { ...on, rule: { objectOwnership: "BucketOwnerEnforced" } }, { parent: this });
    new s3.BucketPolicy(
      child("-policy"),
      // By its name, so that a policy can judge it before the bucket exists.
      { ...on, policy: tlsOnly(`arn:aws:s3:::${bucketName}`) },
      // Two settings of one bucket at the same moment conflict.
      { parent: this, dependsOn: [access] },
    );
    new s3.BucketLifecycleConfiguration(
      child("-lifecycle"),
      {
        ...on,
        rules: [
          {
            id: "abort-multipart",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: lifecycle.abortMultipartDays },
          },
          {
            id: "noncurrent",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionTransitions: [{ noncurrentDays: lifecycle.noncurrentToGlacierDays, storageClass: "GLACIER_IR" }],
            noncurrentVersionExpiration: { noncurrentDays: lifecycle.noncurrentExpireDays },
          },
          ...workPrefixes.map((prefix) => ({
            id: `expire-${prefix.replace("/", "")}`,
            status: "Enabled",
            filter: { prefix },
            expiration: { days: lifecycle.expireWorkPrefixesDays },
          })),
        ],
      },
      { parent: this, dependsOn: [versioning] },
    );
    this.buckets.set(purpose, { arn: bucket.arn, versioning });
    return bucket.arn;
  }
}

function tlsOnly(bucketArn: string): string {
  return policyDocument([
    {
      sid: "TlsOnly",
      effect: "Deny",
      principal: "*",
      actions: ["s3:*"],
      resources: [bucketArn, `${bucketArn}/*`],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
