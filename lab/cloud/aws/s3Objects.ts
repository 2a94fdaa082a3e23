import { flag, map, oneOf, text, type Failure } from "../model";
import { mustText, textAt, type Properties } from "../properties";
import { createHash } from "node:crypto";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import { BUCKET_OBJECT } from "./types";

/** Longest key of an object, in bytes of UTF-8 (S3 user guide). */
const KEY_BYTES = 1024;

/** A small object whose content the program gives. */
export const bucketObject = awsModel(
  {
    type: BUCKET_OBJECT,
    noun: "S3 Object",
    api: "S3",
    calls: { create: "PutObject", update: "PutObject", delete: "DeleteObject" },
    scope: "region",
    inputs: {
      bucket: text({ required: true, replaces: true, refers: refer.bucket() }),
      key: text({
        computed: true,
        replaces: true,
        rule: (key) => (key !== "" && Buffer.byteLength(key) <= KEY_BYTES ? undefined : `expected 1 to ${String(KEY_BYTES)} bytes, got ${key}`),
      }),
      content: text(),
      contentBase64: text({ rule: (value) => (Buffer.from(value, "base64").toString("base64") === value ? undefined : "expected base64") }),
      contentType: text({ computed: true }),
      cacheControl: text(),
      forceDestroy: flag({ default: false }),
      kmsKeyId: text({ computed: true, refers: refer.key("KMS.NotFoundException") }),
      serverSideEncryption: text({ computed: true, rule: oneOf("AES256", "aws:kms", "aws:kms:dsse") }),
      storageClass: text({
        computed: true,
        rule: oneOf("STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "GLACIER_IR", "DEEP_ARCHIVE"),
      }),
      metadata: map(),
    },
    outputs: ["arn", "etag", "versionId"],
    rule: oneContent,
    create: ({ inputs, cloud }) => {
      const [bucket, key] = [mustText(inputs, "bucket"), textAt(inputs, "key")];
      if (key === undefined) throw new Refusal("InvalidRequest", "An object needs a key");
      return {
        // The real provider's id is the key alone, which two buckets may share.
        id: `${bucket}/${key}`,
        outputs: { arn: cloud.arn("s3", `${bucket}/${key}`), key, contentType: textAt(inputs, "contentType") ?? "application/octet-stream", ...stored(inputs) },
      };
    },
    update: ({ inputs }) => ({ outputs: stored(inputs) }),
    volatile: () => ["etag", "versionId"],
  },
  "tagged",
);

function stored(inputs: Properties): Properties {
  const bytes = Buffer.from(
    textAt(inputs, "contentBase64") ?? textAt(inputs, "content") ?? "",
    textAt(inputs, "contentBase64") === undefined ? "utf8" : "base64",
  );
  return {
    etag: createHash("md5").update(bytes).digest("hex"),
    versionId: "",
    serverSideEncryption: textAt(inputs, "serverSideEncryption") ?? "AES256",
    storageClass: textAt(inputs, "storageClass") ?? "STANDARD",
  };
}

function oneContent(inputs: Properties): Failure[] {
  return inputs["content"] !== undefined && inputs["contentBase64"] !== undefined
    ? [{ property: "content", reason: "conflicts with contentBase64: give one of them" }]
    : [];
}
