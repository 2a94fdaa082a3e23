import { rule } from "../../rule";
import type { Item } from "../../stack/item";

/** S3's classes that keep an object in one zone (Amazon S3 user guide, storage classes). */
const oneZone = ["ONEZONE_IA", "EXPRESS_ONEZONE"];

export const objectsOverZones = rule({
  name: "objects-over-zones",
  group: "redundancy",
  description: "no bucket, lifecycle or replication keeps objects in one zone",
  why: "S3's cheaper classes of one zone lose the objects when the zone is lost, and a data item is promised for ever.",
  judge: (stack) => [
    ...stack.items
      .filter(({ type }) => type.startsWith("aws:s3/"))
      .flatMap((item) =>
        classPaths(item)
          .map((path) => ({ path, found: item.text(path) }))
          .filter(({ found }) => oneZone.includes(found))
          .map(({ path, found }) => ({
            urn: item.urn,
            promised: "objects in three zones",
            found: `${path} ${found}`,
            fix: "use a class that S3 keeps in three zones",
          })),
      ),
    ...stack
      .ofType("aws:s3/directoryBucket:DirectoryBucket")
      .map(({ urn }) => ({ urn, promised: "objects in three zones", found: "a directory bucket, which is in one", fix: "use a bucket" })),
  ],
});

/** Where a resource of S3 names a storage class: in its rules, and on an object itself. */
function classPaths(item: Item): string[] {
  const listed = (path: string): string[] => (item.has(path) ? item.list(path).map((_, index) => `${path}.${String(index)}`) : []);
  const rules = listed("rules");
  return [
    "storageClass",
    ...rules.map((rulePath) => `${rulePath}.destination.storageClass`),
    ...[...rules, ...listed("lifecycleRules")]
      .flatMap((rulePath) => [...listed(`${rulePath}.transitions`), ...listed(`${rulePath}.noncurrentVersionTransitions`)])
      .map((path) => `${path}.storageClass`),
  ].filter((path) => item.knows(path) && item.has(path));
}
