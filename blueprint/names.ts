import type { Settings } from "../config/settings";

/** What every AWS name of the stack begins with. */
export function namePrefix(settings: Settings): string {
  return `bundler-${settings.stack}`;
}

/** Buckets are named for the domain: bucket names are world-wide, and so are domains. */
export function bucketNames(settings: Settings): { data: string; backup: string; programs: string; accessLogs: string } {
  const base = settings.domain.replaceAll(".", "-");
  return { data: `${base}-raw-data-items`, backup: `${base}-backup-data-items`, programs: `${base}-programs`, accessLogs: `${base}-access-logs` };
}
