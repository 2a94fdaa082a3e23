import { createHash } from "node:crypto";
import { programsArchive } from "../../../hosts/app/programs";
import { differences, missing } from "../../comparison";
import { rule } from "../../rule";

export const programsAsPromised = rule({
  name: "programs-as-promised",
  group: "facts",
  description: "the archive of the platform's own programs that machines of groups fetch at boot is there, in the blueprint's bucket, byte for byte",
  why: "A machine refuses an archive with another SHA-256 and runs nothing: the next one that is replaced would not come back.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      if (blueprint.hosting !== "managed") return [];
      const { key, artifact } = programsArchive(blueprint);
      const archive = region.ofType("aws:s3/bucketObjectv2:BucketObjectv2").find((item) => item.text("key") === key);
      if (archive === undefined) return [missing(region, `the archive ${key}`)];
      const buckets = stack.referred(archive, "bucket", "aws:s3/bucket:Bucket").map((bucket) => bucket.text("bucket"));
      const sha256 = createHash("sha256")
        .update(Buffer.from(archive.text("contentBase64"), "base64"))
        .digest("hex");
      return differences(archive, "the archive of programs", [
        ["bucket", [blueprint.programs.bucket], buckets],
        ["SHA-256", artifact.sha256, sha256],
      ]);
    }),
});
