import type { Settings } from "../../config/settings";
import { bucketNames } from "../names";
import { ports } from "../ports";
import type { Process, SecretFile, SecretRef } from "../types";
import { addresses, apiDrainSeconds, base, database, databasePassword, generated, loopback, optionalExternal, uploadQueues } from "./common";

/** The application's default, said aloud because the edge's largest body follows from it. */
export const maxDataItemBytes = 4 * 1024 ** 3;

const directory = "packages/upload-service";
const wallet: SecretFile = { path: "/run/bundler/app/wallet.json", from: { secret: "wallet" } };
const rawDataItemWallet: SecretFile = { path: "/run/bundler/app/raw-data-item-wallet.json", from: { secret: "raw-data-item-wallet" } };

/** Takes uploads and signs receipts. */
export function uploadApi(settings: Settings): Process {
  return {
    name: "upload-api",
    directory,
    entry: "lib/index.js",
    port: ports.uploadApi,
    metricsPort: ports.uploadApiMetrics,
    role: "api",
    placement: "everyHost",
    instances: 1,
    environment: {
      ...shared(settings, "upload-api"),
      UPLOAD_SERVICE_PORT: String(ports.uploadApi),
      BIND_ADDRESS: "0.0.0.0",
      RAW_DATA_ITEM_JWK_FILE: rawDataItemWallet.path,
      SHUTDOWN_DRAIN_MS: String(apiDrainSeconds * 1000),
      // The edge's HAProxy or application load balancer is the one hop that adds to X-Forwarded-For; a network load balancer before it adds none.
      TRUSTED_PROXY_COUNT: "1",
    },
    secretEnvironment: secrets(settings),
    secretFiles: [wallet, rawDataItemWallet],
    stopSeconds: apiDrainSeconds + 10,
  };
}

/** Bundles, posts, seeds and verifies: sixteen queues. */
export function uploadWorkers(settings: Settings): Process {
  return {
    name: "upload-workers",
    directory,
    entry: "lib/workers/allWorkers.js",
    port: null,
    metricsPort: ports.uploadWorkersMetrics,
    role: "worker",
    placement: "everyHost",
    instances: 1,
    environment: {
      ...shared(settings, "upload-workers"),
      // Per process; that the platform plans one bundle at a time is a global limit kept in Redis.
      PLAN_WORKER_CONCURRENCY: "1",
    },
    secretEnvironment: secrets(settings),
    secretFiles: [wallet],
    // A plan job may run for 14 minutes, and a stop waits for it.
    stopSeconds: 900,
  };
}

function shared(settings: Settings, name: "upload-api" | "upload-workers"): Record<string, string> {
  return {
    ...base(settings),
    ...database(),
    ...uploadQueues(),
    ...addresses(settings),
    ...objectStore(settings),
    // The cache client takes a password; TLS is the data proxy's, and one master is no cluster.
    ELASTICACHE_HOST: loopback,
    ELASTICACHE_PORT: String(ports.redisCache),
    ELASTICACHE_NO_CLUSTERING: "true",
    ELASTICACHE_USE_TLS: "false",
    PAYMENT_SERVICE_BASE_URL: `${loopback}:${ports.proxyPayment}`,
    PAYMENT_SERVICE_PROTOCOL: "http",
    // On by default in the application; without an address every upload would leave a job that fails five times.
    OPTICAL_BRIDGING_ENABLED: String("OPTICAL_BRIDGE_URL" in settings.appEnvironment),
    // The local copy is on by default and would make a host's disk part of the truth.
    FS_BACKUP_WRITE_DATA_ITEM_SAMPLING_RATE: "0",
    FS_BACKUP_WRITE_NESTED_DATA_ITEM_SAMPLING_RATE: "0",
    // Made at import all the same; the workers die when they cannot.
    FS_DATA_PATH: `/var/lib/bundler/${name}`,
    MAX_DATA_ITEM_SIZE: String(maxDataItemBytes),
    TURBO_JWK_FILE: wallet.path,
    NODE_APP_INSTANCE: "0",
    METRICS_BIND_ADDRESS: loopback,
  };
}

/** S3 with the host's role (no keys, no endpoint: an empty one would count), or MinIO through the data proxy. */
export function objectStore(settings: Settings): Record<string, string> {
  const names = bucketNames(settings);
  const buckets = { DATA_ITEM_BUCKET: names.data, BACKUP_DATA_ITEM_BUCKET: names.backup };
  if (settings.objectStore === "s3") return { ...buckets, S3_REGION: settings.region };
  return {
    ...buckets,
    // MinIO's own name for its only region.
    S3_REGION: "us-east-1",
    S3_ENDPOINT: `http://${loopback}:${ports.minio}`,
    S3_FORCE_PATH_STYLE: "true",
  };
}

function secrets(settings: Settings): Record<string, SecretRef> {
  return {
    DB_PASSWORD: databasePassword,
    PRIVATE_ROUTE_SECRET: generated("PRIVATE_ROUTE_SECRET"),
    ELASTICACHE_PASSWORD: { secret: "redis-cache", key: "ELASTICACHE_PASSWORD" },
    ...(settings.objectStore === "minio"
      ? {
          S3_ACCESS_KEY_ID: { secret: "objects-app", key: "S3_ACCESS_KEY_ID" },
          S3_SECRET_ACCESS_KEY: { secret: "objects-app", key: "S3_SECRET_ACCESS_KEY" },
        }
      : {}),
    ...optionalExternal(["CDP_API_KEY_ID", "CDP_API_KEY_SECRET", "AR_IO_ADMIN_KEY", "SLACK_OAUTH_TOKEN", "HONEYCOMB_API_KEY"]),
  };
}
