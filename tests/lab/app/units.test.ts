import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { bearer, isValidToken, signToken } from "../../../lab/app/packages/common/token";
import { partitions, partitionStatement } from "../../../lab/app/packages/upload-service/src/arch/db/partitions";
import { s3Settings } from "../../../lab/app/packages/upload-service/src/arch/s3Settings";
import { isValidReceipt, Wallet } from "../../../lab/app/packages/upload-service/src/arch/wallet";
import { decodeHeader, encodeHeader, headerBytes } from "../../../lab/app/packages/upload-service/src/bundles/header";
import { packBundles } from "../../../lab/app/packages/upload-service/src/bundles/packer";
import { dataItemId } from "../../../lab/app/packages/upload-service/src/uploads/id";
import { InFlight } from "../../../lab/app/packages/upload-service/src/uploads/inFlight";
import { silenceLog } from "./silence";

describe("the workload's parts", () => {
  silenceLog();

  it("know a token of their secret until it expires, and no other", () => {
    const token = signToken("secret", 60, 0);
    assert.ok(isValidToken(token, "secret", 59_000));
    assert.ok(!isValidToken(token, "secret", 60_000));
    assert.ok(!isValidToken(token, "other", 0));
    const [head, , signature] = token.split(".");
    const forged = Buffer.from(JSON.stringify({ iat: 0, exp: 1e9 })).toString("base64url");
    assert.ok(!isValidToken(`${head}.${forged}.${signature}`, "secret", 0));
    assert.ok(!isValidToken("none", "secret", 0));
    assert.equal(bearer(`Bearer ${token}`), token);
    assert.equal(bearer("Basic x"), undefined);
  });

  it("sign receipts that anybody can check", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const wallet = new Wallet(JSON.stringify(privateKey.export({ format: "jwk" })));
    const receipt = wallet.sign({ id: "a", timestamp: 1, winc: "2", version: "0.2.0", deadlineHeight: 3 });
    assert.ok(isValidReceipt(receipt));
    assert.ok(!isValidReceipt({ ...receipt, winc: "1" }));
    assert.equal(wallet.address.length, 43);
  });

  it("pack what is full or overdue, and let the rest wait", () => {
    const item = (name: string, byteCount: number, age: number): { dataItemId: string; byteCount: number; uploadedDate: Date } => ({
      dataItemId: name,
      byteCount,
      uploadedDate: new Date(1_000 - age),
    });
    const limits = { maxItems: 3, maxBytes: 10, overdueMilliseconds: 100 };
    assert.deepEqual(packBundles([item("a", 1, 50)], limits, 1_000), []);
    assert.deepEqual(packBundles([item("a", 1, 100), item("b", 1, 0)], limits, 1_000), [["a", "b"]]);
    assert.deepEqual(packBundles([item("a", 6, 0), item("b", 6, 0), item("c", 4, 0)], limits, 1_000), [["a", "c"]]);
    assert.deepEqual(
      packBundles(
        ["a", "b", "c"].map((name) => item(name, 1, 0)),
        limits,
        1_000,
      ),
      [["a", "b", "c"]],
    );
  });

  it("write a bundle's header and read it again", () => {
    const entries = ["one", "two"].map((text) => ({ id: dataItemId(Buffer.from(text)), byteCount: text.length * 1000 }));
    const header = encodeHeader(entries);
    assert.equal(header.length, headerBytes(2));
    assert.deepEqual(decodeHeader(Buffer.concat([header, Buffer.from("items")])), entries);
    assert.throws(() => decodeHeader(header.subarray(0, 100)), /bundle header: 100 bytes, needed 160/);
  });

  it("cut months into halves, over the year's end too", () => {
    const [first, , third, last] = partitions(new Date("2026-12-31T23:00:00Z"), 2);
    assert.deepEqual(first, { name: "permanent_data_items_12_2026_01", from: "2026-12-01", to: "2026-12-15" });
    assert.deepEqual(third, { name: "permanent_data_items_01_2027_01", from: "2027-01-01", to: "2027-01-15" });
    assert.equal(last?.to, "2027-02-01");
    assert.match(partitionStatement(last), /PARTITION OF permanent_data_items FOR VALUES FROM \('2027-01-15'\) TO \('2027-02-01'\)/);
  });

  it("give S3 credentials only when both keys are defined, also empty ones", () => {
    assert.deepEqual(s3Settings({}), { region: "us-east-1", maxSockets: 256, retryAttempts: 5, retryBaseMilliseconds: 100 });
    assert.equal(s3Settings({ S3_ACCESS_KEY_ID: "a" }).credentials, undefined);
    assert.deepEqual(s3Settings({ S3_ACCESS_KEY_ID: "", S3_SECRET_ACCESS_KEY: "" }).credentials, { accessKeyId: "", secretAccessKey: "" });
    assert.deepEqual(s3Settings({ S3_ENDPOINT: "http://127.0.0.1:9000", S3_FORCE_PATH_STYLE: "true" }), {
      ...s3Settings({}),
      endpoint: "http://127.0.0.1:9000",
      forcePathStyle: true,
    });
  });

  it("keep the marks of uploads in memory while the cache is away", async () => {
    const away = (): Promise<never> => Promise.reject(new Error("away"));
    const marks = new InFlight({ get: away, setNew: away, remove: away });
    assert.equal(await marks.has("a"), false);
    assert.equal(await marks.mark("a"), true);
    assert.equal(await marks.has("a"), true);
    assert.equal(await marks.mark("a"), false);
    await marks.remove("a");
    assert.equal(await marks.has("a"), false);
  });

  it("leave an upload to who has its mark in the cache", async () => {
    const marks = new InFlight({ get: () => Promise.resolve("1"), setNew: () => Promise.resolve(false), remove: () => Promise.resolve() });
    assert.equal(await marks.has("a"), true);
    assert.equal(await marks.mark("a"), false);
  });
});
