import { rule } from "../../rule";
import { dataBuckets, mayGo } from "../../stack/data";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

/** Types that hold what cannot be made again, whoever wrote them into the stack. */
const dataTypes = [
  "aws:ebs/volume:Volume",
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:rds/globalCluster:GlobalCluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
];

export const dataResourcesProtected = rule({
  name: "data-resources-protected",
  group: "data",
  description: "the engine refuses to delete or replace whatever holds data",
  why: "One changed property can replace a database; protected, the update stops before it begins.",
  judge: (stack) =>
    [...stack.ofType(...dataTypes), ...dataBuckets(stack), ...operatorSecrets(stack)]
      .filter((item) => !item.data.protected && !mayGo(stack, item))
      .map((item) => ({
        urn: item.urn,
        promised: "protect: true",
        found: "the engine may delete or replace it",
        fix: "set deletionProtection: true in the stack's config, or protect: true on a resource of your own",
      })),
});

/** Secrets whose value the stack does not make: it is nowhere else. */
function operatorSecrets(stack: Stack): Item[] {
  const filled = new Set(stack.ofType("aws:secretsmanager/secretVersion:SecretVersion").flatMap((version) => version.references("secretId")));
  return stack.ofType("aws:secretsmanager/secret:Secret").filter(({ urn }) => !filled.has(urn));
}
