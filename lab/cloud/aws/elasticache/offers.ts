import { Refusal } from "../fault";

/** Engines of replication groups. */
export type CacheEngine = "redis" | "valkey";

/**
 * Versions with in-place transit encryption, oldest first (ElastiCache user guide, "Supported engines and versions"). Redis
 * OSS ends with 7.1; Valkey 9 is not modelled. What is not here is refused though AWS may have it.
 */
const VERSIONS: Record<CacheEngine, string[]> = { redis: ["7.0", "7.1"], valkey: ["7.2", "8.0", "8.1", "8.2"] };

const SIZES = ["micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];
/** Families of node types, with the smallest and the largest size (ElastiCache user guide, "Supported node types"). */
const NODE_TYPES: [families: string[], smallest: string, largest: string][] = [
  [["t3", "t4g"], "micro", "medium"],
  [["m5", "r5"], "large", "24xlarge"],
  [["m6g", "r6g", "m7g", "r7g", "c7gn"], "large", "16xlarge"],
];

/** Families of cache parameter groups. */
export function cacheFamilies(): string[] {
  return (["redis", "valkey"] as const).flatMap((engine) => [...new Set(VERSIONS[engine].map((version) => cacheFamily(engine, version)))]);
}

export function cacheFamily(engine: CacheEngine, version: string): string {
  return `${engine}${version.split(".")[0] ?? ""}`;
}

/** The version that ElastiCache would take; the newest when none is wanted. */
export function cacheVersion(engine: CacheEngine, wanted: string | undefined): string {
  const found = VERSIONS[engine].findLast((version) => wanted === undefined || wanted === version);
  if (found === undefined) throw new Refusal("InvalidParameterCombination", `Cannot find version ${wanted ?? ""} for ${engine}`);
  return found;
}

/** Refuses a way back: to an older version, or from Valkey to Redis OSS. */
export function checkCacheUpgrade(from: { engine: CacheEngine; version: string }, to: { engine: CacheEngine; version: string }): void {
  const back = from.engine === to.engine ? Number(to.version) < Number(from.version) : to.engine === "redis";
  if (back)
    throw new Refusal("InvalidParameterCombination", `Cannot modify the engine version from ${from.engine} ${from.version} to ${to.engine} ${to.version}`);
}

/** Refuses a node type that is not in the list. */
export function checkNodeType(written: string): void {
  const [cache, family = "", size = "", ...rest] = written.split(".");
  const known = NODE_TYPES.find(([families]) => families.includes(family));
  const at = SIZES.indexOf(size);
  if (cache !== "cache" || rest.length > 0 || known === undefined || at < SIZES.indexOf(known[1]) || at > SIZES.indexOf(known[2]))
    throw new Refusal("InvalidParameterValue", `The specified cache node type is not supported: ${written}`);
}
