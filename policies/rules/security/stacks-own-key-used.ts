import { rule, type Violation } from "../../rule";
import { dataBuckets, settingsOf } from "../../stack/data";
import { keysNamed, type KeyUse } from "../../stack/keys";
import { templateDisks } from "../../stack/machines";
import type { Stack } from "../../stack/stack";

const types = [
  "aws:ebs/volume:Volume",
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:secretsmanager/secret:Secret",
  "aws:cloudwatch/logGroup:LogGroup",
];

export const stacksOwnKeyUsed = rule({
  name: "stacks-own-key-used",
  group: "security",
  description: "whatever is encrypted at rest is so with the stack's key, of its own region",
  why: "A key that the stack does not keep may be deleted by somebody who does not know what it opens; AWS's own can be shared with no other account or region.",
  judge: (stack) => uses(stack).flatMap((use) => judgeUse(stack, use)),
});

function uses(stack: Stack): KeyUse[] {
  return [
    ...stack.ofType(...types).map((item) => ({ item, property: "kmsKeyId", path: "kmsKeyId" })),
    ...templateDisks(stack).map(({ item, path }) => ({ item, property: "blockDeviceMappings", path: `${path}.kmsKeyId` })),
    ...dataBuckets(stack)
      .flatMap((bucket) => settingsOf(stack, bucket, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"))
      .map((item) => ({ item, property: "rules", path: "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId" })),
  ];
}

function judgeUse(stack: Stack, use: KeyUse): Violation[] {
  const { item, path } = use;
  const [key] = keysNamed(stack, use);
  const here = item.data.region;
  const there = key?.data.region ?? null;
  if (key !== undefined && here === there) return [];
  return [
    {
      urn: item.urn,
      promised: `${path} is the stack's key in ${String(here)}`,
      found:
        key === undefined ? (item.has(path) ? "a key that is not the stack's" : "no key named, so one of AWS's own") : `the stack's key in ${String(there)}`,
      fix: `set ${path} to the ARN of the stack's key in ${String(here)}`,
    },
  ];
}
