import type { Blueprint } from "../../../blueprint/types";
import { rule } from "../../rule";
import type { Item } from "../../stack/item";

/** Types that hold what cannot be made again, whoever wrote them into the stack. */
const dataTypes = [
  "aws:ebs/volume:Volume",
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:rds/globalCluster:GlobalCluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:s3/bucket:Bucket",
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
];

export const dataResourcesProtected = rule({
  name: "data-resources-protected",
  group: "data",
  description: "the engine refuses to delete or replace whatever holds data",
  why: "One changed property can replace a database; protected, the update stops before it begins.",
  judge: (stack) => {
    const remade = new Set(stack.regions.flatMap(({ blueprint }) => bucketsOfNoData(blueprint)));
    return stack
      .ofType(...dataTypes)
      .filter((item) => !item.data.protected && !remade.has(bucketName(item)))
      .map((item) => ({
        urn: item.urn,
        promised: "protect: true",
        found: "the engine may delete or replace it",
        fix: "set deletionProtection: true in the stack's config, or protect: true on a resource of your own",
      }));
  },
});

/** Buckets whose contents the program or AWS writes anew. */
function bucketsOfNoData(blueprint: Blueprint): string[] {
  return blueprint.hosting === "managed" ? [blueprint.programs.bucket, blueprint.edge.accessLogs.bucket] : [];
}

function bucketName(item: Item): string {
  return item.type === "aws:s3/bucket:Bucket" ? item.text("bucket") : "";
}
