import { mustBe } from "../../mustBe";
import { rule, type Violation } from "../../rule";
import { dataBuckets, settingsOf } from "../../stack/data";
import type { Item } from "../../stack/item";
import { templateDisks } from "../../stack/machines";

/** Which property says it. Instances of a cluster have the cluster's disks. */
const flags: Record<string, string> = {
  "aws:ebs/volume:Volume": "encrypted",
  "aws:rds/instance:Instance": "storageEncrypted",
  "aws:rds/cluster:Cluster": "storageEncrypted",
  "aws:elasticache/replicationGroup:ReplicationGroup": "atRestEncryptionEnabled",
};

export const storageEncrypted = rule({
  name: "storage-encrypted",
  group: "security",
  description: "every disk, database, Redis and bucket of data is encrypted at rest",
  why: "None of them can be encrypted afterwards: each has to be made again from a copy, with an outage.",
  judge: (stack) => [
    ...Object.entries(flags).flatMap(([type, path]) => stack.ofType(type).flatMap((item) => mustBe(item, path, true))),
    ...templateDisks(stack).flatMap(({ item, path }) => mustBe(item, `${path}.encrypted`, "true")),
    // The disk of an instance with a template is the template's.
    ...stack
      .ofType("aws:ec2/instance:Instance")
      .filter((instance) => instance.references("launchTemplate").length === 0)
      .flatMap((instance) => mustBe(instance, "rootBlockDevice.encrypted", true)),
    ...dataBuckets(stack).flatMap((bucket) =>
      bucketEncryption(bucket, settingsOf(stack, bucket, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")),
    ),
  ],
});

/** S3 encrypts whatever it is told with a key of its own; with KMS it asks whether the reader may. */
function bucketEncryption(bucket: Item, [setting]: readonly Item[]): Violation[] {
  if (setting !== undefined) return mustBe(setting, "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm", "aws:kms");
  return [
    {
      urn: bucket.urn,
      promised: "encrypted with a key of KMS",
      found: "no BucketServerSideEncryptionConfiguration of it in the stack",
      fix: "give it one with sseAlgorithm aws:kms",
    },
  ];
}
