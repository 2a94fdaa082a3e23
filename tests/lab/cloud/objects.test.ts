import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { difference } from "../../../lab/cloud/difference";
import type { Made } from "../../../lab/cloud/package";
import type { Properties } from "../../../lab/cloud/properties";
import { Account, modelOf, refusedByCheck } from "./account";

const BUCKET = "aws:s3/bucket:Bucket";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

const md5 = (content: string): string => createHash("md5").update(content).digest("hex");
const object = (more: Properties = {}): Properties => ({ bucket: "one-raw", key: "a/b.tar", content: "hello", ...more });

function withBucket(): { account: Account; bucket: Made } {
  const account = new Account();
  return { account, bucket: account.make(BUCKET, { bucket: "one-raw" }) };
}

describe("embedded cloud: objects in buckets", () => {
  it("has what was put, by its digest, however its content is given", () => {
    const { account } = withBucket();
    const plain = account.make(OBJECT, object());
    assert.equal(plain.properties["arn"], "arn:aws:s3:::one-raw/a/b.tar");
    assert.equal(plain.properties["etag"], md5("hello"));
    const coded = account.make(OBJECT, { bucket: "one-raw", key: "c", contentBase64: Buffer.from("hello").toString("base64") });
    assert.equal(coded.properties["etag"], md5("hello"));
    assert.deepEqual([coded.properties["contentType"], coded.properties["serverSideEncryption"]], ["application/octet-stream", "AES256"]);
  });

  it("changes content in place, and is another object under another key or in another bucket", () => {
    const { account } = withBucket();
    const made = account.make(OBJECT, object());
    const changed = account.change(OBJECT, made, object({ content: "bye" }));
    assert.equal(changed["etag"], md5("bye"));
    const replaces = (news: Properties): string[] =>
      difference(modelOf(OBJECT), object(), news).changes.flatMap(({ path, effect }) => (effect === "replace" ? [path] : []));
    assert.deepEqual(replaces(object({ content: "bye" })), []);
    assert.deepEqual(replaces(object({ key: "other" })), ["key"]);
    assert.deepEqual(replaces(object({ bucket: "two-raw" })), ["bucket"]);
  });

  it("goes with its bucket", () => {
    const { account, bucket } = withBucket();
    account.make(OBJECT, object());
    account.delete(BUCKET, bucket);
    assert.deepEqual(account.record.everything(), []);
  });

  it("is refused in a bucket or under a key that does not exist, without a name, and with a name that S3 does not take", () => {
    const { account } = withBucket();
    account.refusesToMake("NoSuchBucket", OBJECT, object({ bucket: "two-raw" }));
    account.refusesToMake("KMS.NotFoundException", OBJECT, object({ kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/none" }));
    account.refusesToMake("InvalidRequest", OBJECT, { bucket: "one-raw", content: "hello" });
    refusedByCheck(OBJECT, object({ key: "" }), "key");
    refusedByCheck(OBJECT, object({ key: "ü".repeat(513) }), "key");
    account.make(OBJECT, object({ key: "ü".repeat(512) }));
  });

  it("is refused with two contents, content that is not base64, or a setting that S3 does not have", () => {
    refusedByCheck(OBJECT, object({ contentBase64: "aGVsbG8=" }), "content");
    refusedByCheck(OBJECT, { bucket: "one-raw", key: "a", contentBase64: "hello!" }, "contentBase64");
    refusedByCheck(OBJECT, object({ serverSideEncryption: "des" }), "serverSideEncryption");
    refusedByCheck(OBJECT, object({ storageClass: "COLD" }), "storageClass");
  });
});
