import { recordEffect, type Run } from "../../../common/effects";
import { batches } from "../arch/db/batches";
import type { Messages } from "../arch/messages";
import { keys } from "../arch/objectStore";
import { enqueue, enqueueBatch } from "../arch/queues";
import { cachedItem } from "../arch/smallItems";
import { dataItemId } from "../uploads/id";
import type { JobParts } from "./parts";

const fanOutBatch = 50;

/** Takes a nested bundle apart: here, so many equal parts of its bytes. The gateway is told of each, and where it is. */
export async function unbundleBdi({ pools, objects, cache }: JobParts, message: Messages["unbundle-bdi"], run: Run): Promise<void> {
  const { id, ownerAddress, nestedItems, uploadedAt } = message;
  const bytes = (await cachedItem(cache, id)) ?? (await objects.get(keys.item(id)));
  const size = Math.ceil(bytes.length / nestedItems);
  const parts = Array.from({ length: nestedItems }, (_, index) => ({ start: index * size, part: bytes.subarray(index * size, (index + 1) * size) }));
  const headers = parts.map(({ part }) => ({ id: dataItemId(part), ownerAddress, dataSize: part.length, uploadedAt }));
  for (const batch of batches(headers, fanOutBatch)) await enqueueBatch("optical-post", batch);
  await enqueue("put-offsets", {
    offsets: parts.map(({ start, part }) => ({
      dataItemId: dataItemId(part),
      rootBundleId: id,
      startOffsetInRootBundle: start,
      rawContentLength: part.length,
      parentDataItemId: id,
    })),
  });
  await recordEffect(pools.writer, run, id);
}
