import type { Blueprint } from "../../blueprint/types";
import type { Item } from "./item";
import type { Stack } from "./stack";

/** The second token is an older program's for the same resource. */
const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** Every bucket of the stack. */
export function allBuckets(stack: Stack): Item[] {
  return stack.ofType(...bucketTypes);
}

/** Every bucket that holds what cannot be made again, whoever wrote it into the stack. */
export function dataBuckets(stack: Stack): Item[] {
  const remade = new Set(stack.regions.flatMap(({ blueprint }) => remadeBuckets(blueprint)));
  return allBuckets(stack).filter((item) => !(item.knows("bucket") && remade.has(item.text("bucket"))));
}

/** The bucket of a name. */
export function bucketNamed(stack: Stack, name: string): Item | undefined {
  return allBuckets(stack).find((item) => item.knows("bucket") && item.at("bucket") === name);
}

/** Resources of a type that say something of a bucket: by reference, or by its name where there is none. */
export function settingsOf(stack: Stack, bucket: Item, type: string): Item[] {
  return stack.ofType(type).filter((setting) => {
    const sources = setting.references("bucket");
    return sources.length > 0 ? sources.includes(bucket.urn) : setting.text("bucket") === bucket.text("bucket");
  });
}

/** Whether a database may go: data were moved from it, and the operator has said so twice. */
export function mayGo(stack: Stack, item: Item): boolean {
  return stack.regions.some(
    ({ blueprint }) =>
      blueprint.hosting === "managed" &&
      blueprint.former?.step === "letGo" &&
      item.type === "aws:rds/instance:Instance" &&
      item.text("identifier") === blueprint.former.database.identifier,
  );
}

/** Whether a database follows another: what it holds is in that one, whose backups and snapshots count. */
export function isReplica(item: Item): boolean {
  return (
    item.type === "aws:rds/instance:Instance" && item.has("replicateSourceDb") && !(item.knows("replicateSourceDb") && item.at("replicateSourceDb") === "")
  );
}

/** Buckets whose contents the program or AWS writes anew. */
export function remadeBuckets(blueprint: Blueprint): string[] {
  return blueprint.hosting === "managed" ? [blueprint.programs.bucket, blueprint.edge.accessLogs.bucket] : [];
}
