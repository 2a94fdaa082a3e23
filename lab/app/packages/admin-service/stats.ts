import { reason } from "../common/log";
import type { Clients } from "./clients";

const cacheKey = "admin:stats";
const cacheSeconds = 30;

/** Counts of every queue, and of rows that say how uploads and payments stand. What cannot be asked is an error in its place. */
export async function collectStats(clients: Clients): Promise<unknown> {
  const { cache, queueRedis, uploadDb, paymentDb, queues } = clients;
  const known = await cache.get(cacheKey).catch(() => null);
  if (known !== null) return { ...(JSON.parse(known) as object), cached: true };
  const stats = {
    timestamp: new Date().toISOString(),
    queues: Object.fromEntries(await Promise.all(queues.map(async (queue) => [queue.name, await orError(queue.getJobCounts())] as const))),
    redisVersion: await orError(queueRedis.info("server").then((text) => /redis_version:(\S+)/.exec(text)?.[1])),
    newDataItems: await orError(uploadDb("new_data_item").count("* as count").first()),
    pendingPayments: await orError(paymentDb("pending_payment_transaction").count("* as count").first()),
  };
  await cache.setex(cacheKey, cacheSeconds, JSON.stringify(stats)).catch(() => undefined);
  return { ...stats, cached: false };
}

async function orError(question: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await question;
  } catch (fault) {
    return { error: reason(fault) };
  }
}
