import assert from "node:assert/strict";
import { reservedEnvironment } from "../../config/reservedEnvironment";
import { namesSecret } from "../../config/secretPatterns";
import type { Process, ProcessName } from "../../blueprint/types";
import { goodBlueprint, minioOverrides } from "../fixtures/good";

function process(name: ProcessName, overrides: Record<string, unknown> = {}): Process {
  const found = goodBlueprint(overrides).processes.find((candidate) => candidate.name === name);
  assert.ok(found !== undefined);
  return found;
}

const variants: Record<string, unknown>[] = [{}, { ethereumAddress: `0x${"1".repeat(40)}` }, minioOverrides];

describe("the five processes", () => {
  it("are placed so that payment-workers and the dashboard run once", () => {
    const placed = goodBlueprint().processes.map(({ name, role, placement }) => [name, role, placement]);
    assert.deepEqual(placed, [
      ["payment-service", "api", "everyHost"],
      ["upload-api", "api", "everyHost"],
      ["admin-dashboard", "api", "firstHost"],
      ["upload-workers", "worker", "everyHost"],
      ["payment-workers", "worker", "singleton"],
    ]);
  });

  it("reach data on loopback only", () => {
    for (const variant of variants)
      for (const { name, environment } of goodBlueprint(variant).processes) {
        const hosts = Object.entries(environment).filter(([key]) => /_HOST$|_ENDPOINT$/.test(key));
        assert.ok(hosts.length > 0);
        assert.ok(
          hosts.every(([, value]) => value.includes("127.0.0.1")),
          `${name}: ${JSON.stringify(hosts)}`,
        );
      }
  });

  it("read from the writer, since a lagging replica would give parts of a bundle", () => {
    for (const { environment } of goodBlueprint().processes) assert.equal(environment["DB_READER_ENDPOINT"], environment["DB_WRITER_ENDPOINT"]);
  });

  it("have what they do not start without", () => {
    const needed: Record<ProcessName, string[]> = {
      "payment-service": [
        "STRIPE_SECRET_KEY",
        "PRIVATE_ROUTE_SECRET",
        "X402_PAYMENT_ADDRESS",
        "SOLANA_ADDRESS",
        "JWT_SECRET",
        "DB_PASSWORD",
        "REDIS_QUEUE_HOST",
        "REDIS_QUEUE_PORT",
      ],
      "payment-workers": ["X402_PAYMENT_ADDRESS", "SOLANA_ADDRESS", "REDIS_QUEUE_HOST", "REDIS_QUEUE_PORT", "DB_PASSWORD"],
      "upload-api": [
        "PRIVATE_ROUTE_SECRET",
        "X402_PAYMENT_ADDRESS",
        "DATA_ITEM_BUCKET",
        "TURBO_JWK_FILE",
        "RAW_DATA_ITEM_JWK_FILE",
        "PAYMENT_SERVICE_BASE_URL",
        "REDIS_HOST",
        "REDIS_PORT_QUEUES",
        "ELASTICACHE_PASSWORD",
      ],
      "upload-workers": ["PRIVATE_ROUTE_SECRET", "DATA_ITEM_BUCKET", "TURBO_JWK_FILE", "REDIS_HOST", "REDIS_PORT_QUEUES"],
      "admin-dashboard": ["PRIVATE_ROUTE_SECRET", "ARWEAVE_ADDRESS", "REDIS_HOST", "REDIS_QUEUE_HOST", "ADMIN_SESSION_SECRET", "ADMIN_SETUP_TOKEN"],
    };
    for (const { name, environment, secretEnvironment } of goodBlueprint().processes) {
      const required = Object.entries(secretEnvironment)
        .filter(([, ref]) => ref.optional !== true)
        .map(([key]) => key);
      const missing = needed[name].filter((key) => !(key in environment) && !required.includes(key));
      assert.deepEqual(missing, [], name);
    }
  });

  it("have no secret in their plain environment, and nothing twice", () => {
    for (const variant of variants)
      for (const { environment, secretEnvironment } of goodBlueprint(variant).processes) {
        assert.deepEqual(Object.keys(environment).filter(namesSecret), []);
        assert.deepEqual(
          Object.keys(environment).filter((key) => key in secretEnvironment),
          [],
        );
      }
  });

  it("set exactly the variables that appEnvironment may not", () => {
    const set = new Set(variants.flatMap((variant) => goodBlueprint(variant).processes.flatMap(({ environment }) => Object.keys(environment))));
    assert.deepEqual([...set].sort(), [...reservedEnvironment].sort());
  });

  it("get the operator's further variables, each of them", () => {
    const { processes } = goodBlueprint({ appEnvironment: { ARWEAVE_GATEWAY: "https://gateway.example.com" } });
    assert.ok(processes.every(({ environment }) => environment["ARWEAVE_GATEWAY"] === "https://gateway.example.com"));
  });

  it("keep no copy of data items on a host's disk, and have a directory for it all the same", () => {
    for (const name of ["upload-api", "upload-workers"] as const) {
      const { environment } = process(name);
      assert.equal(environment["FS_BACKUP_WRITE_DATA_ITEM_SAMPLING_RATE"], "0");
      assert.equal(environment["FS_BACKUP_WRITE_NESTED_DATA_ITEM_SAMPLING_RATE"], "0");
      assert.equal(environment["FS_DATA_PATH"], `/var/lib/bundler/${name}`);
    }
  });

  it("find the wallets where the host puts them", () => {
    const { environment, secretFiles } = process("upload-api");
    assert.deepEqual(secretFiles, [
      { path: environment["TURBO_JWK_FILE"], from: { secret: "wallet" } },
      { path: environment["RAW_DATA_ITEM_JWK_FILE"], from: { secret: "raw-data-item-wallet" } },
    ]);
    assert.equal(process("upload-workers").secretFiles.length, 1);
    assert.deepEqual(
      ["payment-service", "payment-workers", "admin-dashboard"].flatMap((name) => process(name as ProcessName).secretFiles),
      [],
    );
    assert.ok(!("TURBO_JWK_FILE" in process("admin-dashboard").environment));
  });

  it("use the host's role for S3, and keys, endpoint and path style for MinIO", () => {
    const s3 = process("upload-workers");
    for (const name of ["S3_ENDPOINT", "S3_FORCE_PATH_STYLE", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"])
      assert.ok(!(name in s3.environment) && !(name in s3.secretEnvironment), name);
    assert.equal(s3.environment["DATA_ITEM_BUCKET"], "bundler-example-com-raw-data-items");
    const minio = process("upload-workers", minioOverrides);
    assert.equal(minio.environment["S3_ENDPOINT"], "http://127.0.0.1:9000");
    assert.deepEqual(minio.secretEnvironment["S3_ACCESS_KEY_ID"], { secret: "objects-app", key: "S3_ACCESS_KEY_ID" });
  });

  it("ask the payment service through the proxy, not past it", () => {
    const { proxy } = goodBlueprint();
    assert.equal(process("upload-api").environment["PAYMENT_SERVICE_BASE_URL"], `127.0.0.1:${proxy.paymentPort}`);
    assert.equal(process("upload-api").environment["PAYMENT_SERVICE_PROTOCOL"], "http");
  });

  it("keep the dashboard's cache client off the cache, which needs a password it cannot send", () => {
    assert.equal(process("admin-dashboard").environment["REDIS_CACHE_PORT"], "6381");
  });

  it("are given longer to stop than they take to drain", () => {
    for (const { name, environment, stopSeconds } of goodBlueprint().processes) {
      const drain = Number(environment["SHUTDOWN_DRAIN_MS"] ?? "0") / 1000;
      assert.ok(stopSeconds > drain, name);
    }
    assert.ok(process("upload-workers").stopSeconds >= 14 * 60);
  });

  it("listen on ports that differ, also from the data proxy's", () => {
    const { processes, proxy } = goodBlueprint(minioOverrides);
    const own = processes.flatMap(({ port, metricsPort }) => [port, metricsPort]);
    const used = [...own, proxy.postgresPort, proxy.primaryPort, proxy.cachePort, proxy.queuesPort, proxy.objectsPort, proxy.paymentPort].filter(
      (port) => port !== null,
    );
    assert.equal(new Set(used).size, used.length);
  });
});
