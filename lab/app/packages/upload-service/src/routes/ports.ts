import { log, reason } from "../../../common/log";
import type { Architecture } from "../arch/architecture";
import { blockHeight } from "../arch/arweaveGateway";
import { isKnown } from "../arch/db/items";
import { metrics } from "../arch/metrics";
import { keys } from "../arch/objectStore";
import { enqueue } from "../arch/queues";
import { cacheSmallItem } from "../arch/smallItems";
import { deadlineHeightIncrement } from "../constants";
import type { UploadPorts } from "../uploads/accept";
import { InFlight, type Marks } from "../uploads/inFlight";

/** The real things that an upload needs. */
export function makePorts({ pools, objects, cache, payment, wallet }: Architecture): UploadPorts {
  const marks: Marks = {
    get: (key) => cache.run((redis) => redis.get(key)),
    setNew: async (key, seconds) => (await cache.run((redis) => redis.set(key, "1", "EX", seconds, "NX"))) === "OK",
    remove: async (key) => {
      await cache.run((redis) => redis.del(key));
    },
  };
  const inFlight = new InFlight(marks);
  return {
    isInFlight: async (id) => {
      const found = await inFlight.has(id);
      if (found) metrics.localCacheHit.inc();
      return found;
    },
    isKnown: (id) => isKnown(pools, id),
    markInFlight: (id) => inFlight.mark(id),
    unmark: (id) => inFlight.remove(id),
    checkBalance: (address, byteCount) => payment.checkBalance(address, byteCount),
    priceQuote: (address, byteCount) => payment.priceQuote(address, byteCount),
    store: async (id, bytes) => {
      await Promise.all([objects.put(keys.item(id), bytes), cacheSmallItem(cache, id, bytes)]);
    },
    quarantine: async (id) => {
      try {
        await objects.copy(keys.item(id), keys.quarantine(id));
        await objects.remove(keys.item(id));
      } catch (fault) {
        log("error", "item not quarantined", { dataItemId: id, error: reason(fault) });
      }
    },
    reserve: (address, byteCount, id) => payment.reserve(address, byteCount, id),
    refund: async (refund) => {
      try {
        await payment.refund(refund);
      } catch (fault) {
        metrics.refundFailed.inc();
        log("error", "refund left to the queue", { ...refund, error: reason(fault) });
        await enqueue("refund-balance", refund);
      }
    },
    enqueueOptical: async (header) => {
      if (process.env["OPTICAL_BRIDGING_ENABLED"] === "false") return;
      await enqueue("optical-post", header).catch((fault: unknown) => {
        metrics.opticalEnqueueFail.inc();
        throw fault;
      });
    },
    enqueueUnbundle: (message) => enqueue("unbundle-bdi", message),
    isStored: (id) => objects.has(keys.item(id)),
    deadlineHeight: async () => (await blockHeight()) + deadlineHeightIncrement,
    sign: (receipt) => wallet.sign(receipt),
    enqueueNewDataItem: (item) => enqueue("new-data-item", item),
  };
}
