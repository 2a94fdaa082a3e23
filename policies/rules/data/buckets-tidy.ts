import { z } from "zod";
import { workPrefixes } from "../../../blueprint/objects";
import type { Objects } from "../../../blueprint/types";
import { rule, type Violation } from "../../rule";
import { bucketNamed, settingsOf } from "../../stack/data";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

const days = z.number();
const lifecycleRule = z.object({
  status: z.string(),
  filter: z.object({ prefix: z.string().optional() }).loose().optional(),
  abortIncompleteMultipartUpload: z.object({ daysAfterInitiation: days }).optional(),
  expiration: z.object({ days: days.optional(), date: z.string().optional() }).optional(),
  noncurrentVersionExpiration: z.object({ noncurrentDays: days }).optional(),
});
type LifecycleRule = z.infer<typeof lifecycleRule>;

export const bucketsTidy = rule({
  name: "buckets-tidy",
  group: "data",
  description: "a data bucket gives up abandoned uploads and old versions after the blueprint's days, and deletes nothing else that the application keeps",
  why: "A lifecycle that is too eager deletes customers' data by itself, every night; one that is missing only costs, for ever.",
  judge: (stack) =>
    stack.regions.flatMap(({ blueprint: { objects } }) =>
      objects.kind === "s3" ? objects.buckets.flatMap(({ name }) => judgeBucket(stack, bucketNamed(stack, name), name, objects.lifecycle)) : [],
    ),
});

function judgeBucket(stack: Stack, bucket: Item | undefined, name: string, promised: Objects["lifecycle"]): Violation[] {
  const urn = bucket?.urn ?? null;
  const fault = (what: string, found: string): Violation => ({
    urn,
    promised: `${name}: ${what}`,
    found,
    fix: "let the program make its lifecycle, from the blueprint",
  });
  if (bucket === undefined) return [fault("a bucket with a lifecycle", "no bucket of that name in the stack")];
  const given = settingsOf(stack, bucket, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
  const rules = given.flatMap((one) => z.array(lifecycleRule).parse(one.list("rules"))).filter(({ status }) => status === "Enabled");
  const whole = rules.filter((one) => prefixOf(one) === "");
  const found: Violation[] = [];
  if (!whole.some(({ abortIncompleteMultipartUpload: abort }) => abort !== undefined && abort.daysAfterInitiation <= promised.abortMultipartDays))
    found.push(fault(`uploads that nobody ends are given up within ${String(promised.abortMultipartDays)} days`, "no rule of the whole bucket does so"));
  if (!whole.some(({ noncurrentVersionExpiration: old }) => old !== undefined))
    found.push(fault(`old versions go after ${String(promised.noncurrentExpireDays)} days`, "no rule of the whole bucket expires them"));
  for (const one of rules) {
    const prefix = prefixOf(one);
    const old = one.noncurrentVersionExpiration?.noncurrentDays;
    if (old !== undefined && old < promised.noncurrentExpireDays)
      found.push(fault(`old versions are kept for ${String(promised.noncurrentExpireDays)} days`, `a rule expires them after ${String(old)}`));
    if (one.expiration === undefined) continue;
    const { days: after, date } = one.expiration;
    if (!workPrefixes.includes(prefix ?? ""))
      found.push(fault(`nothing expires but what is below ${workPrefixes.join(", ")}`, `a rule expires what is below "${prefix ?? "a filter of its own"}"`));
    else if (date !== undefined || (after ?? 0) < promised.expireWorkPrefixesDays)
      found.push(
        fault(`${prefix ?? ""} is kept for ${String(promised.expireWorkPrefixesDays)} days`, `a rule expires it ${date ?? `after ${String(after)} days`}`),
      );
  }
  return found;
}

/** Null for a filter that is more than a prefix. */
function prefixOf({ filter }: LifecycleRule): string | null {
  if (filter === undefined) return "";
  const others = Object.keys(filter).filter((key) => key !== "prefix");
  return others.length > 0 ? null : (filter.prefix ?? "");
}
