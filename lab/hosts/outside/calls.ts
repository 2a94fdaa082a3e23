import type { LabPlatform } from "../platform";
import type { Need } from "./permissions";

/** An AWS call as its request shows it. */
export interface Call {
  /** Service of the signature's scope, e.g. `s3`. */
  service: string;
  method: string;
  host: string;
  /** With its query. */
  url: string;
  /** Header `x-amz-target`, of the JSON protocol. */
  target: string;
  /** Header `x-amz-copy-source`. */
  copySource: string;
  /** Body, of the services whose requests are read whole; empty for S3. */
  body: string;
}

/** What the caller must be allowed. Undefined for a call that the lab does not know: it is refused. */
export function needsOf(call: Call, platform: LabPlatform): Need[] | undefined {
  switch (call.service) {
    case "secretsmanager":
      return secretNeeds(call, platform);
    case "ec2":
      return ec2Needs(call, platform);
    case "s3":
      return s3Needs(call, platform);
    case "sts":
      return [];
    case "monitoring":
      return metricNeeds(call);
    case "autoscaling":
      return scalingNeeds(call, platform);
    default:
      return undefined;
  }
}

function secretNeeds(call: Call, platform: LabPlatform): Need[] | undefined {
  const action = call.target.split(".")[1];
  const { SecretId: id } = JSON.parse(call.body) as { SecretId?: string };
  const secret = platform.secrets.find((one) => one.name === id || one.arn === id);
  if (action === undefined || secret === undefined) return undefined;
  const key = { resource: secret.keyArn, context: { "kms:ViaService": `secretsmanager.${platform.region}.amazonaws.com` } };
  const needs = [{ action: `secretsmanager:${action}`, resource: secret.arn }];
  if (action === "GetSecretValue") return [...needs, { action: "kms:Decrypt", ...key }];
  if (action === "PutSecretValue") return [...needs, { action: "kms:GenerateDataKey", ...key }, { action: "kms:Decrypt", ...key }];
  return undefined;
}

function ec2Needs(call: Call, platform: LabPlatform): Need[] | undefined {
  const form = new URLSearchParams(call.body);
  switch (form.get("Action")) {
    case "DescribeAddresses":
      return [{ action: "ec2:DescribeAddresses", resource: "*" }];
    case "AssociateAddress": {
      const address = platform.elasticIps.find((one) => one.allocationId === form.get("AllocationId"));
      const host = platform.hosts.find((one) => one.instanceId === form.get("InstanceId"));
      if (address === undefined || host === undefined) return undefined;
      const instance = address.arn.replace(/:elastic-ip\/.*$/, `:instance/${host.instanceId}`);
      const context = Object.fromEntries(Object.entries(host.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
      return [
        { action: "ec2:AssociateAddress", resource: address.arn },
        { action: "ec2:AssociateAddress", resource: instance, context },
      ];
    }
    default:
      return undefined;
  }
}

function metricNeeds(call: Call): Need[] | undefined {
  const form = new URLSearchParams(call.body);
  if (form.get("Action") !== "PutMetricData") return undefined;
  return [{ action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": form.get("Namespace") ?? "" } }];
}

function scalingNeeds(call: Call, { groups }: LabPlatform): Need[] | undefined {
  const form = new URLSearchParams(call.body);
  const group = groups.find(({ name }) => name === form.get("AutoScalingGroupName"));
  if (form.get("Action") !== "CompleteLifecycleAction" || group === undefined) return undefined;
  return [{ action: "autoscaling:CompleteLifecycleAction", resource: group.arn }];
}

/** Bucket and key of a request, whichever way the bucket is named. */
export function objectOf(host: string, url: string): { bucket: string; key: string } {
  const path = decodeURIComponent(url.split("?")[0] ?? "/").slice(1);
  const inHost = /^(.+)\.s3[.-]/.exec(host)?.[1];
  if (inHost !== undefined) return { bucket: inHost, key: path };
  const slash = path.indexOf("/");
  return slash === -1 ? { bucket: path, key: "" } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function s3Needs(call: Call, platform: LabPlatform): Need[] | undefined {
  const { bucket, key } = objectOf(call.host, call.url);
  const query = new URLSearchParams(call.url.split("?")[1] ?? "");
  const action = s3Action(call.method, key, query);
  if (action === undefined || bucket === "") return undefined;
  const resource = `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}`;
  const copied = call.copySource === "" ? [] : [{ action: "s3:GetObject", resource: `arn:aws:s3:::${decodeURIComponent(call.copySource).replace(/^\//, "")}` }];
  return [{ action, resource }, ...copied, ...keyNeeds(action, bucket, platform)];
}

function s3Action(method: string, key: string, query: URLSearchParams): string | undefined {
  if (key === "") {
    if (method === "GET" && query.has("location")) return "s3:GetBucketLocation";
    if (method === "GET" && query.has("uploads")) return "s3:ListBucketMultipartUploads";
    return method === "GET" || method === "HEAD" ? "s3:ListBucket" : undefined;
  }
  const multipart = query.has("uploadId");
  switch (method) {
    case "GET":
      return multipart ? "s3:ListMultipartUploadParts" : "s3:GetObject";
    case "HEAD":
      return "s3:GetObject";
    case "PUT":
    case "POST":
      return "s3:PutObject";
    case "DELETE":
      return multipart ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
    default:
      return undefined;
  }
}

// What a bucket is encrypted with is asked of its key, in the caller's name.
function keyNeeds(action: string, bucket: string, platform: LabPlatform): Need[] {
  const keyArn = platform.buckets.find((one) => one.name === bucket)?.keyArn;
  if (keyArn === undefined) return [];
  const context = { "kms:ViaService": `s3.${platform.region}.amazonaws.com` };
  if (action === "s3:GetObject") return [{ action: "kms:Decrypt", resource: keyArn, context }];
  if (action === "s3:PutObject") return [{ action: "kms:GenerateDataKey", resource: keyArn, context }];
  return [];
}
