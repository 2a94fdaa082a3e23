import { isOn, objectAt, objectsAt, textAt, type Json, type Properties } from "../properties";
import { ACCOUNT, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { elements, principalsOf, statementsOf } from "./policy";
import { BUCKET_ENCRYPTION, BUCKET_POLICY } from "./types";

/** AWS accounts that write the access logs of a region's application load balancers (ALB user guide, access logs). */
const ELB_ACCOUNTS: Record<string, string> = {
  "us-east-1": "127311923021",
  "us-east-2": "033677994240",
  "us-west-1": "027434742980",
  "us-west-2": "797873946194",
  "ca-central-1": "985666609251",
  "sa-east-1": "507241528517",
  "eu-west-1": "156460612806",
  "eu-west-2": "652711504416",
  "eu-west-3": "009996457667",
  "eu-central-1": "054676820928",
  "eu-north-1": "897822967062",
  "eu-south-1": "635631232127",
  "ap-south-1": "718504428378",
  "ap-southeast-1": "114774131450",
  "ap-southeast-2": "783225319266",
  "ap-northeast-1": "582318560864",
  "ap-northeast-2": "600734575887",
};

/** Services that write them: of application, and of network load balancers. */
const WRITERS = { application: "logdelivery.elasticloadbalancing.amazonaws.com", network: "delivery.logs.amazonaws.com" };

/** Refuses access logs to a bucket that the load balancer could not write to: AWS tries it at once, with a test object. */
export function checkAccessLogs(inputs: Properties, cloud: Cloud): void {
  const logs = objectAt(inputs, "accessLogs");
  const bucket = textAt(logs, "bucket");
  if (!isOn(logs, "enabled") || bucket === undefined) return;
  const kind = inputs["loadBalancerType"] === "network" ? "network" : "application";
  const prefix = textAt(logs, "prefix") ?? "";
  const object = `arn:aws:s3:::${bucket}/${prefix === "" ? "" : `${prefix}/`}AWSLogs/${ACCOUNT}/ELBAccessLogTestFile`;
  const statements = statementsOf(textAt(cloud.get(BUCKET_POLICY, bucket)?.properties, "policy") ?? "{}");
  const namesWriter = (statement: Properties): boolean =>
    principalsOf(statement, "Service").includes(WRITERS[kind]) || principalsOf(statement, "AWS").some((principal) => isWriter(principal, kind, cloud.region));
  const about = (effect: string): Properties[] =>
    statements.filter(
      (statement) =>
        statement["Effect"] === effect && matches(statement["Action"], "s3:PutObject") && matches(statement["Resource"], object) && namesWriter(statement),
    );
  // a Deny with a condition is taken not to apply: usually it is about plain HTTP
  if (about("Allow").length === 0 || about("Deny").some((statement) => statement["Condition"] === undefined)) denied(bucket, "its policy does not allow it");
  if (kind === "application" && isKmsEncrypted(cloud, bucket))
    denied(bucket, "it is encrypted with KMS by default, and application load balancers write with S3's own keys only");
}

function isWriter(principal: string, kind: keyof typeof WRITERS, region: string): boolean {
  const account = ELB_ACCOUNTS[region] ?? "";
  return principal === "*" || (kind === "application" && [account, `arn:aws:iam::${account}:root`].includes(principal));
}

function isKmsEncrypted(cloud: Cloud, bucket: string): boolean {
  return objectsAt(cloud.get(BUCKET_ENCRYPTION, bucket)?.properties, "rules").some(
    (rule) => textAt(objectAt(rule, "applyServerSideEncryptionByDefault"), "sseAlgorithm")?.startsWith("aws:kms") === true,
  );
}

function denied(bucket: string, why: string): never {
  throw new Refusal("InvalidConfigurationRequest", `Access Denied for bucket: ${bucket}. Please check S3bucket permission (${why})`);
}

function matches(patterns: Json | undefined, value: string): boolean {
  return elements(patterns).some((pattern) => {
    const expression = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${expression}$`, "i").test(value);
  });
}
