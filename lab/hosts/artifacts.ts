import type { Blueprint } from "../../blueprint/types";
import { nodeArtifact } from "../app/node";
import { releaseArtifact, type Edition } from "../app/release";
import { minioArtifact } from "./minio/build";
import type { StoredFile } from "./outside/files";

/** An artifact of this lab: a file, and its digest. */
export interface LabArtifact {
  file: string;
  sha256: string;
}

/** Artifacts of the lab: the reference workload as the release, Node for it, and MinIO where the platform keeps objects itself. */
export interface LabArtifacts {
  releases: Record<Edition, LabArtifact>;
  node: LabArtifact;
  minio?: LabArtifact;
}

/** What keeps the platform's objects. */
export type ObjectStore = "s3" | "minio";

export async function labArtifacts(objects: ObjectStore): Promise<LabArtifacts> {
  const releases = { first: await releaseArtifact("first"), second: await releaseArtifact("second") };
  const artifacts = { releases, node: await nodeArtifact() };
  return objects === "minio" ? { ...artifacts, minio: await minioArtifact() } : artifacts;
}

/** Where hosts find the lab's MinIO. */
const minioUrl = "s3://lab-artifacts/minio";

/** Where the reference workload finds the lab's Arweave, and how soon it bundles: in seconds instead of minutes, or a drill would wait for it. */
const workloadEnvironment = {
  ARWEAVE_GATEWAY: "https://arweave.net",
  ARWEAVE_UPLOAD_NODE: "https://arweave.net",
  OPTICAL_BRIDGE_URL: "https://arweave.net/optical",
  PLAN_SCHEDULE_CRON: "*/5 * * * * *",
  OVERDUE_DATA_ITEM_THRESHOLD_MS: "1000",
};

/** Where hosts find the second release; the first is where the stack file says. */
const secondUrl = "s3://lab-artifacts/release.tar.gz";

/** Config values by which a stack takes the lab's artifacts instead of those of its stack file. */
export function artifactValues(artifacts: LabArtifacts, edition: Edition = "first"): Record<string, unknown> {
  return {
    ...(edition === "first" ? {} : { releaseUrl: secondUrl }),
    releaseSha256: artifacts.releases[edition].sha256,
    nodeSha256: artifacts.node.sha256,
    appEnvironment: workloadEnvironment,
    ...(artifacts.minio === undefined ? {} : { objectStore: "minio", minioUrl, minioSha256: artifacts.minio.sha256 }),
  };
}

/** The artifacts in the buckets that a stack with the first release names, and the second release. Throws for an address that is not in a bucket. */
export function storedFiles(blueprint: Blueprint, artifacts: LabArtifacts): StoredFile[] {
  return [
    storedFile(blueprint.artifacts.release.url, artifacts.releases.first.file),
    storedFile(secondUrl, artifacts.releases.second.file),
    storedFile(blueprint.artifacts.node.url, artifacts.node.file),
    ...(artifacts.minio === undefined ? [] : [storedFile(minioUrl, artifacts.minio.file)]),
  ];
}

/** A file in the bucket that an address names. Throws for an address that is not in a bucket. */
export function storedFile(url: string, file: string): StoredFile {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (bucket === undefined || key === undefined) throw new Error(`artifact ${url}: the lab serves s3:// addresses only`);
  return { bucket, key, file };
}

/** Which of the lab's releases a stack was made with. */
export function editionOf(blueprint: Blueprint, artifacts: LabArtifacts): Edition {
  return blueprint.artifacts.release.sha256 === artifacts.releases.second.sha256 ? "second" : "first";
}
