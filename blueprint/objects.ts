import type { Settings } from "../config/settings";
import { bucketNames } from "./names";
import { ports } from "./ports";
import type { Objects } from "./types";

/** Prefixes that the application writes and never deletes. */
export const workPrefixes: readonly string[] = ["bundle-payload/", "bundle/", "chunks/"];

/** Where data items are kept. */
export function makeObjects(settings: Settings): Objects {
  const names = bucketNames(settings);
  const { domain, site } = settings;
  const replicas = settings.level === 3 ? bucketNames({ domain, site: site === "primary" ? "standby" : "primary" }) : null;
  return {
    kind: settings.objectStore,
    buckets: [
      { name: names.data, purpose: "data", replica: replicas?.data ?? null },
      { name: names.backup, purpose: "backup", replica: replicas?.backup ?? null },
    ],
    lifecycle: {
      // Nothing in the application aborts an abandoned multipart upload (app-contract §5).
      abortMultipartDays: 7,
      // Seeding and verifying still read payloads for weeks; 90 is the application's own age for clean-up.
      expireWorkPrefixesDays: 90,
      noncurrentToGlacierDays: 30,
      noncurrentExpireDays: 365,
    },
    minio: makeMinio(settings),
  };
}

function makeMinio(settings: Settings): Objects["minio"] {
  if (settings.objectStore !== "minio") return null;
  if (settings.minioUrl === null || settings.minioSha256 === null)
    throw new Error("minioUrl, minioSha256: given nothing, needed both with objectStore minio; parse settings before making a blueprint");
  return {
    drivesPerHost: settings.minioDrivesPerHost,
    parity: settings.minioParity,
    // 0.2 s × (2⁴ − 1): three seconds of silence. A call to a lost host holds up the whole request, and MinIO's own patience is 15 s.
    peerRetries: 3,
    peerSynRetries: 1,
    port: ports.minio,
    consolePort: ports.minioConsole,
    artifact: { url: settings.minioUrl, sha256: settings.minioSha256.toLowerCase() },
  };
}
