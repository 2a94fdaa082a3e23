import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { objectCopyMinutes } from "../../blueprint/regions";
import { Component } from "../component";
import { permits, rolePolicy, type Grant } from "../grant";
import { assumableBy } from "../policy-document";
import type { Side } from "./side";

export interface ReplicationArgs {
  from: Side;
  to: Side;
}

/** One region's buckets copied to the other's: new versions, deletions, and what is changed on a copy. Objects from before are not: S3 Batch Replication copies those (docs/operations.md). */
export class Replication extends Component {
  public constructor(name: string, { from, to }: ReplicationArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:regions:Replication", name, opts);
    const { names, region } = from.blueprint;
    const pairs = from.blueprint.objects.buckets.map(({ purpose }) => {
      const [source, target] = [from.platform.buckets.get(purpose), to.platform.buckets.get(purpose)];
      if (source === undefined || target === undefined) throw new Error(`replication: both regions need a bucket for ${purpose}`);
      return { purpose, source, target };
    });
    const role = new iam.Role(`${name}-role`, { name: `${names.prefix}-replication`, assumeRolePolicy: assumableBy("s3.amazonaws.com") }, { parent: this });
    const sources = pulumi.all(pairs.map(({ source }) => source.arn));
    const targets = pulumi.all(pairs.map(({ target }) => target.arn));
    const objects = (arns: string[]): string[] => arns.map((arn) => `${arn}/*`);
    const grants: Grant[] = [
      { actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: sources },
      {
        actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        resources: sources.apply(objects),
      },
      { actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], resources: targets.apply(objects) },
      {
        actions: ["kms:Decrypt"],
        resources: pulumi.all([from.platform.keyArn]),
        conditions: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
      {
        actions: ["kms:Encrypt", "kms:GenerateDataKey"],
        resources: pulumi.all([to.platform.keyArn]),
        conditions: { StringEquals: { "kms:ViaService": `s3.${to.blueprint.region}.amazonaws.com` } },
      },
    ];
    const policy = new iam.RolePolicy(`${name}-policy`, { role: role.id, policy: rolePolicy(grants) }, { parent: this });
    for (const { purpose, source, target } of pairs)
      new s3.BucketReplicationConfig(
        `${name}-${purpose}`,
        {
          bucket: source.arn.apply((arn) => arn.split(":::")[1] ?? ""),
          role: role.arn,
          rules: [
            {
              id: "other-region",
              priority: 1,
              status: "Enabled",
              filter: { prefix: "" },
              deleteMarkerReplication: { status: "Enabled" },
              sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" }, replicaModifications: { status: "Enabled" } },
              destination: {
                bucket: target.arn,
                encryptionConfiguration: { replicaKmsKeyId: to.platform.keyArn },
                replicationTime: { status: "Enabled", time: { minutes: objectCopyMinutes } },
                metrics: { status: "Enabled", eventThreshold: { minutes: objectCopyMinutes } },
              },
            },
          ],
        },
        { parent: this, provider: from.provider, dependsOn: [source.versioning, target.versioning, policy] },
      );
    this.publish({
      from: region,
      to: to.blueprint.region,
      buckets: from.blueprint.objects.buckets.map(({ name: bucket, replica }) => ({ bucket, replica })),
      promisedMinutes: objectCopyMinutes,
      permits: permits(grants),
    });
  }
}
