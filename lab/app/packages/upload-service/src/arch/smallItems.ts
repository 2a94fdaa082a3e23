import { integer } from "../../../common/environment";
import { log, reason } from "../../../common/log";
import type { Cache } from "./cache";

const maxBytes = 256 * 1024;
const lifetimeSeconds = integer("CACHE_WRITE_DATA_ITEM_TTL_SECS", 3_600);

/** Keeps the bytes of a small upload in the cache for the hour in which it is bundled. A cache that is away is only slower. */
export async function cacheSmallItem(cache: Cache, id: string, bytes: Buffer): Promise<void> {
  if (bytes.length > maxBytes) return;
  try {
    await cache.run((redis) => redis.set(cacheKey(id), bytes, "EX", lifetimeSeconds));
  } catch (fault) {
    log("warn", "item not cached", { dataItemId: id, error: reason(fault) });
  }
}

/** Undefined when the cache does not have it, or is away. */
export async function cachedItem(cache: Cache, id: string): Promise<Buffer | undefined> {
  try {
    return (await cache.run((redis) => redis.getBuffer(cacheKey(id)))) ?? undefined;
  } catch {
    return undefined;
  }
}

export async function uncacheItems(cache: Cache, ids: readonly string[]): Promise<void> {
  try {
    if (ids.length > 0) await cache.run((redis) => redis.del(...ids.map(cacheKey)));
  } catch (fault) {
    log("warn", "items left in the cache to expire", { error: reason(fault) });
  }
}

const cacheKey = (id: string): string => `raw_{${id}}`;
