import type { Blueprint } from "../../../blueprint/types";
import { differences, paired } from "../../comparison";
import { rule } from "../../rule";
import { remadeBuckets } from "../../stack/data";

export const objectsAsPromised = rule({
  name: "objects-as-promised",
  group: "facts",
  description: "every bucket of the blueprint is there under its name and in its region, and there is no other",
  why: "Hosts know buckets by the names that the blueprint fixes: under another one every upload fails, and what is in it is copied nowhere.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { pairs, violations } = paired(
        region,
        "bucket",
        bucketsOf(region.blueprint),
        (name) => name,
        region.ofType("aws:s3/bucket:Bucket"),
        (item) => item.text("bucket"),
      );
      return [...violations, ...pairs.flatMap(({ promised, item }) => differences(item, promised, [["region", region.blueprint.region, item.data.region]]))];
    }),
});

function bucketsOf(blueprint: Blueprint): string[] {
  return [...(blueprint.objects.kind === "s3" ? blueprint.objects.buckets.map(({ name }) => name) : []), ...remadeBuckets(blueprint)];
}
