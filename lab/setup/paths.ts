import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The clone. */
export const repository = dirname(dirname(__dirname));

/** What belongs to this clone's lab only: the engine's home, its state and the embedded cloud's record. Not committed. */
export const defaultHome = join(repository, ".lab");

/** Builds and downloads that every clone on this machine can share. */
export function cacheDirectory(): string {
  const base = process.env["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "ar-io-bundler-ha");
}
