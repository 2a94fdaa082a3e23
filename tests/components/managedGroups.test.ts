import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { SecretName } from "../../blueprint/types";
import { userData } from "../../hosts";
import { managedBlueprint } from "../fixtures/good";
import { deployed, permissions, type Deployment } from "./deployment";
import { arnOf, secretMark } from "./monitor";

const prefix = "bundler-level1";
const roles = ["api", "worker"] as const;
/** Which group's machines read which secret. Stated here once more on purpose: a machine that begins to read another one fails this test. */
const application: SecretName[] = ["application", "application-external", "database-owner", "redis-cache", "wallet"];
const reads: Record<(typeof roles)[number], SecretName[]> = { api: [...application, "raw-data-item-wallet"], worker: application };

interface Statement {
  Action: string[];
  Resource: string[];
  Condition?: unknown;
}

describe("groups of machines", () => {
  let level1: Deployment;
  let level2: Deployment;

  const groupOf = (deployment: Deployment, role: string): Record<string, unknown> => deployment.inputs(deployment.named(`${prefix}-app-${role}-group`));
  const templateOf = (deployment: Deployment, role: string): Record<string, unknown> => deployment.inputs(deployment.named(`${prefix}-app-${role}-template`));
  const policyOf = (deployment: Deployment, role: string): string => deployment.inputs(deployment.named(`${prefix}-app-${role}-policy`))["policy"] as string;

  before(async function () {
    this.timeout(60_000);
    level1 = await deployed(managedBlueprint());
    level2 = await deployed(managedBlueprint({ level: 2 }));
  });

  it("are over the private subnets of all zones, in the blueprint's sizes", () => {
    for (const deployment of [level1, level2]) {
      for (const { role, minimum, maximum } of deployment.blueprint.groups) {
        const group = groupOf(deployment, role);
        assert.deepEqual([group["minSize"], group["maxSize"]], [minimum, maximum]);
        assert.deepEqual(
          group["vpcZoneIdentifiers"],
          ["a", "b", "c"].map((letter) => `Subnet/${prefix}-network-private-${letter}`),
        );
      }
    }
  });

  it("boot the version of their own template that was just made, with their security group and IMDSv2 only", () => {
    for (const { role, rootGib, instanceType } of level1.blueprint.groups) {
      assert.deepEqual(groupOf(level1, role)["launchTemplate"], { id: `LaunchTemplate/${prefix}-app-${role}-template`, version: "7" });
      const template = templateOf(level1, role);
      assert.deepEqual([template["instanceType"], template["imageId"]], [instanceType, level1.blueprint.image.ami]);
      assert.deepEqual(template["vpcSecurityGroupIds"], [`SecurityGroup/${prefix}-sg-${role}`]);
      assert.deepEqual(template["metadataOptions"], { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
      assert.deepEqual(template["iamInstanceProfile"], { name: `${prefix}-${role}` });
      const [disk] = template["blockDeviceMappings"] as { ebs: Record<string, unknown> }[];
      assert.deepEqual([disk?.ebs["encrypted"], disk?.ebs["kmsKeyId"], disk?.ebs["volumeSize"]], ["true", arnOf("kms", `${prefix}-key-key`), rootGib]);
    }
  });

  it("have disks that Auto Scaling's own role, and nobody else beside the account, may make with the stack's key", () => {
    const key = level1.inputs(level1.named(`${prefix}-key-key`));
    const { Statement: statements } = JSON.parse(key["policy"] as string) as { Statement: (Statement & { Sid: string; Principal: unknown })[] };
    const role = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    const own = { ArnEquals: { "aws:PrincipalArn": role } };
    const open = statements.filter(({ Principal }) => JSON.stringify(Principal).includes('"*"'));
    assert.deepEqual(
      open.map(({ Action, Condition }) => [Action, Condition]),
      [
        [["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], own],
        [["kms:CreateGrant"], { ...own, Bool: { "kms:GrantIsForAWSResource": "true" } }],
      ],
    );
  });

  it("boot from user data that names the programs' archive by its SHA-256, and holds no secret", () => {
    const archive = level1.inputs(level1.named(`${prefix}-app-programs-archive`));
    const sha256 = createHash("sha256")
      .update(Buffer.from(archive["contentBase64"] as string, "base64"))
      .digest("hex");
    assert.equal(archive["key"], `programs-${sha256}.tar`);
    for (const group of level1.blueprint.groups) {
      const data = templateOf(level1, group.role)["userData"] as string;
      assert.equal(data, userData(level1.blueprint, group));
      const text = gunzipSync(Buffer.from(data, "base64")).toString("utf8");
      assert.ok(text.includes(`"sha256": "${sha256}"`));
      assert.ok(text.includes(`s3://bundler-example-com-programs/programs-${sha256}.tar`));
      assert.ok(!text.includes(secretMark));
    }
  });

  it("boot only when they can reach packages, may read their secrets, and the archive is there", () => {
    for (const role of roles) {
      const group = level1.named(`${prefix}-app-${role}-group`);
      const ways = ["a", "b", "c"].flatMap((letter) => [`network-private-${letter}-routes`, `network-private-${letter}-out`]);
      for (const needed of [...ways, `sg-${role}-out`, `app-${role}-policy`, "app-programs-archive"])
        assert.ok(group.dependencies.includes(level1.named(`${prefix}-${needed}`).urn), `${role} does not wait for ${needed}`);
    }
  });

  it("let a machine drain for longer than its longest stop before it goes", () => {
    for (const { role, processes } of level1.blueprint.groups) {
      const longest = Math.max(...level1.blueprint.processes.filter(({ name }) => processes.includes(name)).map(({ stopSeconds }) => stopSeconds));
      const [hook, ...others] = groupOf(level1, role)["initialLifecycleHooks"] as Record<string, unknown>[];
      assert.ok(hook !== undefined && others.length === 0);
      assert.deepEqual([hook["name"], hook["lifecycleTransition"], hook["defaultResult"]], ["drain", "autoscaling:EC2_INSTANCE_TERMINATING", "CONTINUE"]);
      // Two hours is the most that Auto Scaling waits for a heartbeat.
      assert.ok(Number(hook["heartbeatTimeout"]) > longest && Number(hook["heartbeatTimeout"]) <= 7200, role);
    }
  });

  it("replace a machine whose processes do not answer the load balancers, and have a new one serve before an old one goes", () => {
    const arns = ["edge-upload-api", "edge-payment-service", "edge-payment-group"].map((name) => arnOf("lb", `${prefix}-${name}`));
    assert.deepEqual([groupOf(level1, "api")["targetGroupArns"], groupOf(level1, "api")["healthCheckType"]], [arns, "ELB"]);
    assert.deepEqual([groupOf(level1, "worker")["targetGroupArns"], groupOf(level1, "worker")["healthCheckType"]], [[], "EC2"]);
    for (const role of roles) {
      const group = groupOf(level1, role);
      assert.deepEqual(group["instanceMaintenancePolicy"], { minHealthyPercentage: 100, maxHealthyPercentage: 150 });
      const { strategy, preferences } = group["instanceRefresh"] as { strategy: string; preferences: Record<string, unknown> };
      assert.deepEqual([strategy, preferences["minHealthyPercentage"], preferences["skipMatching"]], ["Rolling", 100, true]);
    }
  });

  it("tag their machines as hosts are", () => {
    for (const role of roles) {
      const tags = groupOf(level1, role)["tags"] as { key: string; value: string; propagateAtLaunch: boolean }[];
      assert.ok(tags.every(({ propagateAtLaunch }) => propagateAtLaunch));
      const found = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
      assert.deepEqual(found, { Name: `${prefix}-${role}`, "ha:host": role, "ha:role": role, "ha:stack": "level1", "ha:level": "1" });
    }
  });

  it("keep their size at level 1, and above it follow the CPU and the workers' backlog", () => {
    assert.deepEqual(level1.ofType("aws:autoscaling/policy:Policy"), []);
    const policies = level2.ofType("aws:autoscaling/policy:Policy").map((policy) => level2.inputs(policy));
    assert.deepEqual(policies.map((policy) => `${String(policy["autoscalingGroupName"])} ${String(policy["name"])}`).sort(), [
      `${prefix}-api cpu`,
      `${prefix}-worker backlog`,
      `${prefix}-worker cpu`,
    ]);
    for (const policy of policies) {
      assert.equal(policy["policyType"], "TargetTrackingScaling");
      const target = policy["targetTrackingConfiguration"] as Record<string, unknown>;
      const scaling = level2.blueprint.groups.find(({ role }) => policy["autoscalingGroupName"] === `${prefix}-${role}`)?.scaling;
      assert.equal(target["targetValue"], policy["name"] === "cpu" ? scaling?.cpuPercent : scaling?.backlogPerMachine);
      if (policy["name"] === "cpu") assert.deepEqual(target["predefinedMetricSpecification"], { predefinedMetricType: "ASGAverageCPUUtilization" });
    }
  });

  it("scale by the very metric that a worker says, for each machine in service", () => {
    const policy = level2.inputs(level2.named(`${prefix}-app-worker-backlog`));
    const { metrics } = (policy["targetTrackingConfiguration"] as { customizedMetricSpecification: { metrics: Record<string, unknown>[] } })
      .customizedMetricSpecification;
    const worker = level2.blueprint.groups.find(({ role }) => role === "worker");
    assert.ok(worker !== undefined);
    const text = gunzipSync(Buffer.from(templateOf(level2, "worker")["userData"] as string, "base64")).toString("utf8");
    const said = ["namespace", "metric", "Name", "Value"].map(
      (field) => new RegExp(`"${field}": "([^"]+)"`).exec(text.slice(text.indexOf("/etc/bundler/backlog.json")))?.[1],
    );
    const metric = (metrics[0]?.["metricStat"] as { metric: { namespace: string; metricName: string; dimensions: { name: string; value: string }[] } }).metric;
    assert.deepEqual(said, [metric.namespace, metric.metricName, metric.dimensions[0]?.name, metric.dimensions[0]?.value]);
    const machines = (metrics[1]?.["metricStat"] as { metric: { metricName: string; dimensions: unknown[] } }).metric;
    assert.deepEqual(machines.dimensions, [{ name: "AutoScalingGroupName", value: `${prefix}-worker` }]);
    assert.ok((groupOf(level2, "worker")["enabledMetrics"] as string[]).includes(machines.metricName));
    assert.deepEqual(
      metrics.filter((one) => one["returnData"] === true).map((one) => one["expression"]),
      ["backlog / machines"],
    );
  });

  for (const role of roles) {
    it(`${role} machines may do exactly what they need`, () => {
      const archive = level1.inputs(level1.named(`${prefix}-app-programs-archive`))["key"] as string;
      const objects = ["AbortMultipartUpload", "DeleteObject", "GetObject", "ListMultipartUploadParts", "PutObject"];
      const buckets = ["data", "backup"].map((purpose) => arnOf("s3", `${prefix}-objects-${purpose}`));
      const key = arnOf("kms", `${prefix}-key-key`);
      const artifacts = [
        "bundler-example-artifacts/node-linux-x64.tar.gz",
        "bundler-example-artifacts/rds-us-east-1.pem",
        "bundler-example-artifacts/release.tar.gz",
      ];
      const expected = [
        ...reads[role].map((secret) => `secretsmanager:GetSecretValue ${arnOf("secretsmanager", `${prefix}-secrets-${secret}`)}`),
        // Once for secrets, once for data items.
        `kms:Decrypt ${key}`,
        `kms:Decrypt ${key}`,
        `kms:GenerateDataKey ${key}`,
        ...[...artifacts, `bundler-example-com-programs/${archive}`].map((object) => `s3:GetObject arn:aws:s3:::${object}`),
        ...buckets.flatMap((bucket) => [`s3:ListBucket ${bucket}`, ...objects.map((action) => `s3:${action} ${bucket}/*`)]),
        `autoscaling:CompleteLifecycleAction arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/${prefix}-${role}`,
      ];
      assert.deepEqual(permissions(policyOf(level1, role)), expected.map((one) => `Allow ${one}`).sort());
    });
  }

  it("say a metric only where the group scales by it, and only in the platform's namespace", () => {
    const saying = (deployment: Deployment, role: string): Statement[] =>
      (JSON.parse(policyOf(deployment, role)) as { Statement: Statement[] }).Statement.filter(({ Action }) =>
        Action.some((action) => action.startsWith("cloudwatch:")),
      );
    assert.deepEqual([saying(level1, "api"), saying(level1, "worker"), saying(level2, "api")], [[], [], []]);
    const [statement, ...others] = saying(level2, "worker");
    assert.ok(statement !== undefined && others.length === 0);
    assert.deepEqual(statement.Action, ["cloudwatch:PutMetricData"]);
    assert.deepEqual(statement.Condition, { StringEquals: { "cloudwatch:namespace": "Bundler" } });
  });

  it("decrypt by the stack's key, and only through a service", () => {
    for (const role of roles) {
      const { Statement: statements } = JSON.parse(policyOf(level1, role)) as { Statement: Statement[] };
      const decrypting = statements.filter(({ Action }) => Action.some((action) => action.startsWith("kms:")));
      assert.equal(decrypting.length, 2);
      for (const { Resource, Condition } of decrypting) {
        assert.deepEqual(Resource, [arnOf("kms", `${prefix}-key-key`)]);
        assert.match(JSON.stringify(Condition), /"kms:ViaService":"(secretsmanager|s3)\.us-east-1\.amazonaws\.com"/);
      }
    }
  });

  it("get their programs from a private, versioned bucket that keeps what a machine of the version before may still ask for", () => {
    const on = (what: string): Record<string, unknown> => level1.inputs(level1.named(`${prefix}-app-programs-${what}`));
    assert.deepEqual(on("versioning")["versioningConfiguration"], { status: "Enabled" });
    const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = on("access");
    assert.deepEqual([blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets], [true, true, true, true]);
    assert.deepEqual(on("ownership")["rule"], { objectOwnership: "BucketOwnerEnforced" });
    assert.equal(on("archive")["bucket"], `Bucket/${prefix}-app-programs-bucket`);
  });

  it("change nothing but templates, and the groups' version of them, when a file of theirs changes", async function () {
    this.timeout(60_000);
    const changed = await deployed(managedBlueprint({ appEnvironment: { GATEWAY_URL: "https://other.example.com" } }));
    const inputsOf = (deployment: Deployment): Map<string, string> =>
      new Map(deployment.resources.map((resource) => [`${resource.type} ${resource.name}`, JSON.stringify(deployment.inputs(resource))]));
    const [before, after] = [inputsOf(level1), inputsOf(changed)];
    const differing = [...before].filter(([name, inputs]) => after.get(name) !== inputs).map(([name]) => name);
    assert.deepEqual(
      differing.sort(),
      roles.map((role) => `aws:ec2/launchTemplate:LaunchTemplate ${prefix}-app-${role}-template`),
    );
  });
});
