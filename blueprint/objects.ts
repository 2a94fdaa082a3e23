import type { Settings } from "../config/settings";
import { bucketNames } from "./names";
import { ports } from "./ports";
import type { Blueprint, MinioSites, Objects, Site } from "./types";

/** Prefixes that the application writes and never deletes. */
export const workPrefixes: readonly string[] = ["bundle-payload/", "bundle/", "chunks/"];

/** What joins a region's MinIO to the other's; null where there is nothing to join. */
export function sitesOf({ minio }: Objects): MinioSites | null {
  return minio === null ? null : minio.sites;
}

/** Names that stand for all hosts of a role in a region, beside their own: those that a certificate has to have too. */
export function sharedNames({ objects }: Pick<Blueprint, "objects">): string[] {
  const sites = sitesOf(objects);
  return sites === null ? [] : [sites.own, sites.other];
}

/** Where data items are kept. */
export function makeObjects(settings: Settings): Objects {
  const names = bucketNames(settings);
  const replicas = settings.level === 3 ? bucketNames({ ...settings, site: otherSite(settings) }) : null;
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

function otherSite({ site }: Settings): Site {
  return site === "primary" ? "standby" : "primary";
}

/** A name in the hosts files, not in DNS: it stands for every MinIO host of a region, so that no one of them has to be there. */
function siteName(site: Site): string {
  return `objects-${site}`;
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
    sites: settings.level === 3 ? { own: siteName(settings.site), other: siteName(otherSite(settings)), pollSeconds: 30 } : null,
    artifact: { url: settings.minioUrl, sha256: settings.minioSha256.toLowerCase() },
  };
}
