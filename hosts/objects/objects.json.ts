import { workPrefixes } from "../../blueprint/objects";
import type { SelfHostedBlueprint, Host, MinioSites, Site } from "../../blueprint/types";
import { certsDirectory, minioOf } from "./paths";

/** What the application's own key may do: its objects, and nothing that changes a bucket. */
function applicationPolicy(buckets: readonly string[]): Record<string, unknown> {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        Resource: buckets.map((bucket) => `arn:aws:s3:::${bucket}/*`),
      },
      {
        Effect: "Allow",
        // Without ListBucket a missing object is "forbidden" instead of "not found", which the application tells apart.
        Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
        Resource: buckets.map((bucket) => `arn:aws:s3:::${bucket}`),
      },
    ],
  };
}

/** Of two regions the first makes the buckets and joins the sites; the second gets its buckets with that. */
function sitesSettings(site: Site, { own, other, pollSeconds }: MinioSites, port: number): Record<string, unknown> {
  const named = (name: string): Record<string, string> => ({ name, endpoint: `https://${name}:${String(port)}` });
  return { own: named(own), other: named(other), makes: site === "primary", pollSeconds };
}

/** Settings of the step that makes buckets and the application's key. */
export function objectsJson(blueprint: SelfHostedBlueprint, host: Host): string {
  const { buckets, lifecycle } = blueprint.objects;
  const { port, sites } = minioOf(blueprint);
  const names = buckets.map((bucket) => bucket.name);
  const settings = {
    endpoint: `https://${host.name}:${String(port)}`,
    sites: sites === null ? null : sitesSettings(blueprint.site, sites, port),
    ca: `${certsDirectory}/CAs/ca.crt`,
    buckets: names,
    lifecycle: { workPrefixes, workPrefixesDays: lifecycle.expireWorkPrefixesDays, noncurrentDays: lifecycle.noncurrentExpireDays },
    policyName: "bundler-application",
    policy: applicationPolicy(names),
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
