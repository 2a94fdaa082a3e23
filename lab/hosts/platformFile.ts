import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import type { Blueprint } from "../../blueprint/types";
import type { StoredFile } from "./outside/files";
import type { LabPlatform } from "./platform";

/** What a platform is started with, kept in a file for as long as it is up. */
export interface Start<Of extends Blueprint = Blueprint> {
  platform: LabPlatform;
  /** What the stack was made from. */
  blueprint: Of;
  /** Artifacts in the buckets from which hosts fetch them. */
  files: StoredFile[];
}

export function readStart(file: string): Start {
  return JSON.parse(readFileSync(file, "utf8")) as Start;
}

/** Replaces the file in one step: others read it while it is written. It holds secrets. */
export function writeStart(file: string, start: Start): void {
  writeFileSync(`${file}.partial`, JSON.stringify(start), { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}

/** The platform in the file, read anew when the file is another. */
export function currentPlatform(file: string): () => LabPlatform {
  let read: { at: number; platform: LabPlatform } | undefined;
  return () => {
    const at = statSync(file).mtimeMs;
    if (read?.at !== at) read = { at, platform: readStart(file).platform };
    return read.platform;
  };
}
