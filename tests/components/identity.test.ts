import assert from "node:assert/strict";
import type { HostRole, SecretName } from "../../blueprint/types";
import { secretsOf } from "../../components/host/profile";
import type { BootSecret } from "../../hosts/types";
import { goodBlueprint, minioOverrides, nlbOverrides } from "../fixtures/good";
import { deployed, permissions, type Deployment } from "./deployment";
import { arnOf } from "./monitor";

/** Which role reads which secret. Stated here once more on purpose: a host that begins to read another one fails this test. */
const application: SecretName[] = ["application", "application-external", "database-owner", "redis-cache", "tls-app", "wallet"];
const reads: Record<Exclude<HostRole, "objects">, SecretName[]> = {
  edge: ["edge-certificate"],
  api: [...application, "raw-data-item-wallet"],
  worker: application,
  database: ["database-admin", "database-owner", "tls-database"],
  redis: ["redis-admin", "redis-cache", "tls-redis"],
};
const secretArn = (secret: string): string => arnOf("secretsmanager", `bundler-level1-secrets-${secret}`);
const folderOf: Record<HostRole, string> = { edge: "edge", api: "app", worker: "app", database: "database", redis: "redis", objects: "objects" };

function policyOf(deployment: Deployment, role: HostRole): string[] {
  const policy = deployment.named(`bundler-level1-${folderOf[role]}-${role}-policy`);
  return permissions(deployment.inputs(policy)["policy"]);
}

function secretsIn(policy: readonly string[]): string[] {
  const allowed = "Allow secretsmanager:GetSecretValue ";
  return policy
    .filter((one) => one.startsWith(allowed))
    .map((one) => one.slice(allowed.length))
    .sort();
}

describe("what each role's hosts may do", () => {
  let level1: Deployment;
  let minio: Deployment;

  before(async () => {
    level1 = await deployed(goodBlueprint());
    minio = await deployed(goodBlueprint(minioOverrides));
  });

  for (const [role, secrets] of Object.entries(reads) as [HostRole, SecretName[]][]) {
    it(`${role} hosts read exactly their secrets`, () => {
      assert.deepEqual(secretsIn(policyOf(level1, role)), secrets.map(secretArn).sort());
    });
  }

  it("with MinIO, its hosts read their own secrets and the application hosts the application's key", () => {
    assert.deepEqual(secretsIn(policyOf(minio, "objects")), ["objects-admin", "objects-app", "tls-objects"].map(secretArn));
    for (const role of ["api", "worker"] as const) assert.deepEqual(secretsIn(policyOf(minio, role)), [...reads[role], "objects-app"].map(secretArn).sort());
    for (const role of ["edge", "database", "redis"] as const) assert.deepEqual(policyOf(minio, role), policyOf(level1, role));
  });

  it("decrypt by the stack's key, and only through a service", () => {
    for (const policy of level1.ofType("aws:iam/rolePolicy:RolePolicy")) {
      const { Statement } = JSON.parse(level1.inputs(policy)["policy"] as string) as {
        Statement: { Action: string[]; Resource: string[]; Condition?: unknown }[];
      };
      for (const statement of Statement.filter(({ Action }) => Action.some((action) => action.startsWith("kms:")))) {
        assert.deepEqual(statement.Resource, [arnOf("kms", "bundler-level1-key-key")]);
        assert.match(JSON.stringify(statement.Condition), /"kms:ViaService":"(secretsmanager|s3)\.us-east-1\.amazonaws\.com"/);
      }
    }
  });

  it("touch buckets only from application hosts, and only as the application does", () => {
    const objects = ["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"];
    const buckets = ["data", "backup"].map((purpose) => arnOf("s3", `bundler-level1-objects-${purpose}`));
    const expected = buckets.flatMap((bucket) => [`Allow s3:ListBucket ${bucket}`, ...objects.map((action) => `Allow s3:${action} ${bucket}/*`)]);
    const artifacts = ["release.tar.gz", "node-linux-x64.tar.gz"].map((object) => `Allow s3:GetObject arn:aws:s3:::bundler-example-artifacts/${object}`);
    for (const role of ["api", "worker"] as const) {
      const s3 = policyOf(level1, role).filter((one) => one.startsWith("Allow s3:"));
      assert.deepEqual(s3, [...expected, ...artifacts].sort());
    }
    for (const role of ["edge", "database", "redis"] as const)
      assert.deepEqual(
        policyOf(level1, role).filter((one) => one.includes(" s3:")),
        [],
      );
    assert.deepEqual(
      policyOf(minio, "objects").filter((one) => one.includes(" s3:")),
      ["Allow s3:GetObject arn:aws:s3:::bundler-example-artifacts/minio"],
    );
  });

  it("move one Elastic IP, to edge hosts of this stack, and only from edge hosts", async () => {
    const account = "arn:aws:ec2:us-east-1:123456789012";
    const moving = policyOf(level1, "edge").filter((one) => one.includes(" ec2:"));
    const on = [`${account}:bundler-level1-edge-eip`, `${account}:instance/*`, `${account}:network-interface/*`];
    assert.deepEqual(moving, [...on.map((resource) => `Allow ec2:AssociateAddress ${resource}`), "Allow ec2:DescribeAddresses *"].sort());
    const { Statement } = JSON.parse(level1.inputs(level1.named("bundler-level1-edge-edge-policy"))["policy"] as string) as {
      Statement: { Resource: string[]; Condition?: unknown }[];
    };
    const byTag = Statement.find(({ Resource }) => Resource.includes(`${account}:instance/*`));
    assert.deepEqual(byTag?.Condition, { StringEquals: { "aws:ResourceTag/ha:role": "edge", "aws:ResourceTag/ha:stack": "level1" } });
    for (const role of ["api", "worker", "database", "redis"] as const) assert.ok(!policyOf(level1, role).some((one) => one.includes("ec2:")), role);
    const nlb = await deployed(goodBlueprint(nlbOverrides));
    assert.ok(!policyOf(nlb, "edge").some((one) => one.includes("ec2:")));
  });

  it("write the certificate only with ACME", async () => {
    const put = `Allow secretsmanager:PutSecretValue ${secretArn("edge-certificate")}`;
    const acme = await deployed(goodBlueprint({ certificate: "acme", acmeEmail: "operator@example.com" }));
    assert.ok(policyOf(acme, "edge").includes(put));
    for (const role of Object.keys(reads) as (keyof typeof reads)[]) assert.ok(!policyOf(level1, role).some((one) => one.includes("PutSecretValue")), role);
  });

  it("have no action on all of a service, and no wildcard resource but for descriptions", () => {
    for (const role of Object.keys(reads) as (keyof typeof reads)[]) {
      for (const one of policyOf(level1, role)) {
        assert.doesNotMatch(one, /^Allow (\*|[a-z0-9]+:\*) /, `${role}: ${one}`);
        if (one.endsWith(" *")) assert.equal(one, "Allow ec2:DescribeAddresses *");
      }
    }
  });

  it("are found in every form of a boot secret: parts, environment and template", () => {
    const file = { path: "/run/bundler/x", mode: "0600", owner: "root:root" };
    const secrets: BootSecret[] = [
      { ...file, parts: [{ secret: "wallet" }, { secret: "tls-app", key: "ca" }] },
      { ...file, environment: { ELASTICACHE_PASSWORD: { secret: "redis-cache", key: "ELASTICACHE_PASSWORD" } } },
      { ...file, template: { text: "{a}{b}", values: { a: { secret: "database-owner", key: "DB_PASSWORD" }, b: { secret: "wallet" } } } },
    ];
    const plan = { packages: [], files: [], units: [], maskedUnits: [] };
    assert.deepEqual(
      secretsOf([
        { ...plan, secrets },
        { ...plan, secrets: [] },
      ]),
      ["database-owner", "redis-cache", "tls-app", "wallet"],
    );
  });
});
