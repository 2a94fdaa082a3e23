import type { Settings } from "../config/settings";

/** What names of the second region have in addition: some, such as those of roles and buckets, are one for all regions. */
const standbySuffix = "-b";

function suffixOf({ site }: Pick<Settings, "site">): string {
  return site === "standby" ? standbySuffix : "";
}

/** What names that both regions share begin with. */
export function sharedPrefix({ stack }: Pick<Settings, "stack">): string {
  return `bundler-${stack}`;
}

/** What every AWS name of the stack in one region begins with. */
export function namePrefix(settings: Pick<Settings, "stack" | "site">): string {
  return `${sharedPrefix(settings)}${suffixOf(settings)}`;
}

/** Namespace of the metrics that hosts say to CloudWatch. */
export const metricNamespace = "Bundler";

/** Buckets are named for the domain: S3's names are world-wide, and so are domains. MinIO's are its own, and its sites copy only between buckets of one name. */
export function bucketNames(settings: Pick<Settings, "domain" | "site" | "objectStore">): {
  data: string;
  backup: string;
  programs: string;
  accessLogs: string;
} {
  const base = settings.domain.replaceAll(".", "-");
  const site = suffixOf(settings);
  const objects = settings.objectStore === "minio" ? "" : site;
  return {
    data: `${base}-raw-data-items${objects}`,
    backup: `${base}-backup-data-items${objects}`,
    programs: `${base}-programs${site}`,
    accessLogs: `${base}-access-logs${site}`,
  };
}
