import { z } from "zod";
import { differences, missing } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Region, Stack } from "../../stack/stack";

const lifecycleSchema = z.array(
  z.looseObject({
    status: z.string(),
    filter: z.looseObject({ prefix: z.string() }),
    expiration: z.looseObject({ days: z.number() }).optional(),
    noncurrentVersionExpiration: z.looseObject({ noncurrentDays: z.number() }).optional(),
    abortIncompleteMultipartUpload: z.looseObject({ daysAfterInitiation: z.number() }).optional(),
  }),
);

export const objectsKeptAsPromised = rule({
  name: "objects-kept-as-promised",
  group: "facts",
  description: "objects and their earlier versions are kept for the blueprint's days, and data items for ever",
  why: "What was overwritten or deleted by mistake comes back for as long as its version is kept; an expiry over the whole bucket deletes what clients have paid for.",
  judge: (stack) => stack.regions.flatMap((region) => judgeRegion(stack, region)),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const { objects } = region.blueprint;
  if (objects.kind !== "s3") return [];
  const { abortMultipartDays, expireWorkPrefixesDays, noncurrentExpireDays } = objects.lifecycle;
  const lifecycles = stack.ofType("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
  return objects.buckets.flatMap(({ name }) => {
    const own = lifecycles.filter((item) => stack.referred(item, "bucket", "aws:s3/bucket:Bucket").some((bucket) => bucket.text("bucket") === name));
    const [lifecycle] = own;
    if (lifecycle === undefined) return [missing(region, `a lifecycle of ${name}`)];
    const rules = lifecycleSchema.parse(lifecycle.list("rules")).filter(({ status }) => status === "Enabled");
    const expiring = rules.filter(({ expiration }) => expiration !== undefined);
    return differences(lifecycle, name, [
      ["an expiry of everything", false, expiring.some(({ filter }) => filter.prefix === "")],
      ["days of work files", [expireWorkPrefixesDays], different(expiring.map(({ expiration }) => expiration?.days))],
      ["days of earlier versions", [noncurrentExpireDays], different(rules.map((one) => one.noncurrentVersionExpiration?.noncurrentDays))],
      ["days of abandoned uploads", [abortMultipartDays], different(rules.map((one) => one.abortIncompleteMultipartUpload?.daysAfterInitiation))],
    ]);
  });
}

function different(days: readonly (number | undefined)[]): number[] {
  return [...new Set(days.filter((one) => one !== undefined))];
}
