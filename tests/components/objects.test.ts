import assert from "node:assert/strict";
import { goodBlueprint, minioOverrides } from "../fixtures/good";
import { deployed, type Deployment } from "./deployment";
import { arnOf } from "./monitor";

describe("the object store", () => {
  let level1: Deployment;

  before(async () => {
    level1 = await deployed(goodBlueprint());
  });

  for (const purpose of ["data", "backup"] as const) {
    const child = (what: string): Record<string, unknown> => level1.inputs(level1.named(`bundler-level1-objects-${purpose}${what}`));

    it(`${purpose} bucket is versioned, encrypted by the stack's key, private, and takes TLS only`, () => {
      assert.equal(child("")["bucket"], level1.blueprint.objects.buckets.find((bucket) => bucket.purpose === purpose)?.name);
      assert.deepEqual(child("-versioning")["versioningConfiguration"], { status: "Enabled" });
      assert.deepEqual(child("-encryption")["rules"], [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: arnOf("kms", "bundler-level1-key-key") }, bucketKeyEnabled: true },
      ]);
      const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = child("-access");
      assert.deepEqual([blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets], [true, true, true, true]);
      assert.deepEqual(child("-ownership")["rule"], { objectOwnership: "BucketOwnerEnforced" });
      const arn = `arn:aws:s3:::${String(child("")["bucket"])}`;
      assert.deepEqual(JSON.parse(child("-policy")["policy"] as string), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:*"],
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      });
    });

    it(`${purpose} bucket forgets what the application never deletes, and never a data item`, () => {
      const rules = child("-lifecycle")["rules"] as {
        id: string;
        filter: { prefix: string };
        expiration?: { days: number };
        abortIncompleteMultipartUpload?: unknown;
      }[];
      assert.deepEqual(
        rules.filter((rule) => rule.expiration !== undefined).map((rule) => [rule.filter.prefix, rule.expiration?.days]),
        ["bundle-payload/", "bundle/", "chunks/"].map((prefix) => [prefix, 90]),
      );
      assert.deepEqual(rules.find((rule) => rule.id === "abort-multipart")?.abortIncompleteMultipartUpload, { daysAfterInitiation: 7 });
    });
  }

  it("publishes the same names whatever it is made of", async () => {
    const minio = await deployed(goodBlueprint(minioOverrides));
    const facts = (deployment: Deployment, type: string): Record<string, unknown> => deployment.ofType(type)[0]?.facts ?? {};
    assert.deepEqual(facts(level1, "ha:objects:S3")["buckets"], facts(minio, "ha:objects:Minio")["buckets"]);
    assert.deepEqual(facts(minio, "ha:objects:Minio")["parity"], 4);
  });
});
