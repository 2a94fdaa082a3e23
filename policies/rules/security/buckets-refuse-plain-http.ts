import { rule, type Violation } from "../../rule";
import { bucketNamed, settingsOf } from "../../stack/data";
import { statementsOf } from "../../stack/documents";
import type { Item } from "../../stack/item";

export const bucketsRefusePlainHttp = rule({
  name: "buckets-refuse-plain-http",
  group: "security",
  description: "a data bucket answers nothing that comes without TLS",
  why: "S3 listens on plain HTTP too; a client that is set up wrong would send data items in clear and nobody would see it.",
  judge: (stack) =>
    stack.regions.flatMap(({ blueprint: { objects } }) =>
      (objects.kind === "s3" ? objects.buckets : []).flatMap(({ name }) => {
        const bucket = bucketNamed(stack, name);
        return bucket === undefined ? [] : judgeBucket(bucket, settingsOf(stack, bucket, "aws:s3/bucketPolicy:BucketPolicy"));
      }),
    ),
});

function judgeBucket(bucket: Item, policies: readonly Item[]): Violation[] {
  const statements = policies.flatMap((policy) => statementsOf(policy.text("policy")));
  const name = bucket.text("bucket");
  const refuses = statements.some(
    ({ effect, principals, actions, resources, conditions }) =>
      effect === "Deny" &&
      principals.includes("*") &&
      actions.includes("s3:*") &&
      resources.some((resource) => resource.endsWith(`:${name}/*`)) &&
      conditions === '{"Bool":{"aws:SecureTransport":"false"}}',
  );
  if (refuses) return [];
  return [
    {
      urn: bucket.urn,
      promised: "everybody is denied everything without TLS",
      found: policies.length === 0 ? "no BucketPolicy of it in the stack" : "its policy does not say so",
      fix: "deny s3:* to * on the bucket and its objects where aws:SecureTransport is false",
    },
  ];
}
