import { rule } from "../../rule";
import { dataBuckets, settingsOf } from "../../stack/data";

export const bucketsVersioned = rule({
  name: "buckets-versioned",
  group: "data",
  description: "every bucket with data keeps the versions before",
  why: "What a bug overwrites or deletes is then still there; no bucket has any other backup.",
  judge: (stack) =>
    dataBuckets(stack).flatMap((bucket) => {
      const found = settingsOf(stack, bucket, "aws:s3/bucketVersioning:BucketVersioning").map((one) => one.text("versioningConfiguration.status"));
      if (found.includes("Enabled")) return [];
      return [
        {
          urn: bucket.urn,
          promised: "versioning Enabled",
          found: found.length === 0 ? "no BucketVersioning of it in the stack" : `versioning ${found.join(" and ")}`,
          fix: "give the bucket an aws.s3.BucketVersioning with status Enabled",
        },
      ];
    }),
});
