import { mustBe } from "../../mustBe";
import { rule } from "../../rule";
import { allBuckets, settingsOf } from "../../stack/data";

/** Of the four, each closes a way in that the others leave open. */
const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketsNotPublic = rule({
  name: "buckets-not-public",
  group: "security",
  description: "no bucket of the stack, logs and programs among them, can be made public",
  why: "Whoever writes a programs bucket runs on every machine; whoever reads a data bucket has customers' unpublished data.",
  judge: (stack) =>
    allBuckets(stack).flatMap((bucket) => {
      const [block] = settingsOf(stack, bucket, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
      if (block !== undefined) return flags.flatMap((flag) => mustBe(block, flag, true));
      return [
        {
          urn: bucket.urn,
          promised: "public access is blocked",
          found: "no BucketPublicAccessBlock of it in the stack",
          fix: `give it one with ${flags.join(", ")} true`,
        },
      ];
    }),
});
