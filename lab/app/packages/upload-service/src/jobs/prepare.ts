import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Run } from "../../../common/effects";
import { log } from "../../../common/log";
import { blockHeight, type BundleTransaction } from "../arch/arweaveGateway";
import { batches } from "../arch/db/batches";
import { insertNewBundle } from "../arch/db/bundles";
import { failPlannedItem, itemsToPrepare, type Planned } from "../arch/db/plans";
import { PlanElsewhere } from "../arch/db/states";
import type { Offset } from "../arch/messages";
import { isMissing, keys } from "../arch/objectStore";
import { enqueue } from "../arch/queues";
import { cachedItem } from "../arch/smallItems";
import { encodeHeader, headerBytes } from "../bundles/header";
import type { JobParts } from "./parts";

const offsetsOfOneJob = 250;

/** An item whose bytes are nowhere. */
class ItemMissing extends Error {
  constructor(readonly dataItemId: string) {
    super(`${dataItemId}: missing from the object store`);
  }
}

/** Makes a bundle of a plan: its payload and its transaction as objects, then its row, then the job that posts it. */
export async function prepareBundle(parts: JobParts, planId: string, run: Run): Promise<void> {
  try {
    const items = await itemsToPrepare(parts.pools.reader, planId);
    if (items.length === 0) throw new Error(`plan ${planId}: no data items`);
    const dataRoot = await putPayload(parts, planId, items);
    const transaction = await makeTransaction(planId, dataRoot, items);
    for (const batch of batches(offsetsOf(transaction.id, items), offsetsOfOneJob)) await enqueue("put-offsets", { offsets: batch });
    await parts.objects.put(keys.transaction(transaction.id), Buffer.from(JSON.stringify(transaction)));
    const bundle = { planId, bundleId: transaction.id, headerBytes: headerBytes(items.length), payloadBytes: transaction.dataSize };
    await insertNewBundle(parts.pools.writer, bundle, run);
    await enqueue("post-bundle", { planId });
  } catch (fault) {
    if (fault instanceof PlanElsewhere) log("warn", fault.message);
    else if (fault instanceof ItemMissing) {
      await failPlannedItem(parts.pools.writer, fault.dataItemId, "missing_from_object_store");
      await prepareBundle(parts, planId, run);
    } else throw fault;
  }
}

/** Streams header and items into one object. Gives the root of its bytes. */
async function putPayload({ objects, cache }: JobParts, planId: string, items: readonly Planned[]): Promise<string> {
  const root = createHash("sha256");
  async function* bytes(): AsyncGenerator<Buffer> {
    const header = encodeHeader(items.map(({ dataItemId: id, byteCount }) => ({ id, byteCount })));
    root.update(header);
    yield header;
    for (const { dataItemId } of items) {
      const item = (await cachedItem(cache, dataItemId)) ?? (await storedItem(objects, dataItemId));
      root.update(item);
      yield item;
    }
  }
  await objects.put(keys.payload(planId), Readable.from(bytes()));
  return root.digest("base64url");
}

async function storedItem(objects: JobParts["objects"], id: string): Promise<Buffer> {
  try {
    return await objects.get(keys.item(id));
  } catch (fault) {
    throw isMissing(fault) ? new ItemMissing(id) : fault;
  }
}

/** The same plan with the same items is the same transaction, so that whoever counts posts sees one that came twice. */
async function makeTransaction(planId: string, dataRoot: string, items: readonly Planned[]): Promise<BundleTransaction> {
  const id = createHash("sha256").update(`${planId}:${dataRoot}`).digest("base64url");
  const dataSize = items.reduce((sum, { byteCount }) => sum + byteCount, headerBytes(items.length));
  return { id, planId, dataRoot, dataSize, anchorHeight: await blockHeight() };
}

function offsetsOf(rootBundleId: string, items: readonly Planned[]): Offset[] {
  let start = headerBytes(items.length);
  return items.map(({ dataItemId, byteCount }) => {
    const offset = { dataItemId, rootBundleId, startOffsetInRootBundle: start, rawContentLength: byteCount };
    start += byteCount;
    return offset;
  });
}
