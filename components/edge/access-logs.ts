import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedBlueprint } from "../../blueprint/types";
import { Component } from "../component";
import { policyDocument } from "../policy-document";

export interface AccessLogsArgs {
  blueprint: ManagedBlueprint;
  accountId: pulumi.Input<string>;
}

/** The bucket of a load balancer's access logs. Its key is S3's own, the only one that load balancers can use. */
export class AccessLogs extends Component {
  public readonly bucket: pulumi.Output<string>;

  public constructor(name: string, { blueprint, accountId }: AccessLogsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:edge:AccessLogs", name, opts);
    const { bucket: bucketName, expireDays } = blueprint.edge.accessLogs;
    const bucket = new s3.Bucket(`${name}-bucket`, { bucket: bucketName, forceDestroy: true }, { parent: this });
    const on = { bucket: bucket.id };
    new s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      { ...on, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      { parent: this },
    );
    const access = new s3.BucketPublicAccessBlock(
      `${name}-access`,
      { ...on, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this },
    );
    new s3.BucketOwnershipControls(`${name}-ownership`, { ...on, rule: { objectOwnership: "BucketOwnerEnforced" } }, { parent: this });
    const policy = new s3.BucketPolicy(
      `${name}-policy`,
      { ...on, policy: pulumi.all([bucket.arn, accountId]).apply(([arn, account]) => deliveryOnly(arn, account)) },
      // Two settings of one bucket at the same moment conflict.
      { parent: this, dependsOn: [access] },
    );
    new s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { ...on, rules: [{ id: "expire", status: "Enabled", filter: { prefix: "" }, expiration: { days: expireDays } }] },
      { parent: this },
    );
    // A load balancer tries the bucket when it is told of it, so the permission comes first.
    this.bucket = pulumi.all([bucket.id, policy.id]).apply(([id]) => id);
    this.publish({ bucket: bucketName, expireDays });
  }
}

function deliveryOnly(bucketArn: string, accountId: string): string {
  return policyDocument([
    {
      sid: "Delivery",
      principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${accountId}/*`],
    },
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
