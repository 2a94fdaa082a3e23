import type { Run } from "../../../common/effects";
import { log, reason } from "../../../common/log";
import { blockHeight, transactionStatus, type BundleTransaction } from "../arch/arweaveGateway";
import { batches } from "../arch/db/batches";
import { failBundle, makeBundlePermanent, makeItemsPermanent, seededBundles, type Bundle } from "../arch/db/bundles";
import { plannedItems, repackItems } from "../arch/db/plans";
import { keys } from "../arch/objectStore";
import { uncacheItems } from "../arch/smallItems";
import { decodeHeader } from "../bundles/header";
import { batchingSize, permanentConfirmations } from "../constants";
import type { JobParts } from "./parts";

/** Blocks after which a bundle that the gateway does not know is dropped. */
const droppedAfterBlocks = 50;

/** The database did not take a bundle's data items: the job has failed, and says so. */
class ItemsNotMoved extends Error {}

/** Looks at every seeded bundle, whichever bundle the job was made for. A bundle that fails waits for the next look. */
export async function verifyBundles(parts: JobParts, run: Run): Promise<void> {
  const stuck: string[] = [];
  for (const bundle of await seededBundles(parts.pools.writer)) {
    try {
      await verify(parts, bundle, run);
    } catch (fault) {
      log("error", "bundle not verified", { bundleId: bundle.bundleId, error: reason(fault) });
      if (fault instanceof ItemsNotMoved) stuck.push(bundle.bundleId);
    }
  }
  if (stuck.length > 0) throw new Error(`verify: data items not moved of ${stuck.join(", ")}`);
}

async function verify(parts: JobParts, bundle: Bundle, run: Run): Promise<void> {
  const status = await transactionStatus(bundle.bundleId);
  if (status.status !== "found") {
    if (await isDropped(parts, bundle)) await failBundle(parts.pools.writer, "seeded_bundle", bundle, "not_found", run);
    return;
  }
  if (status.confirmations < permanentConfirmations) return;
  const header = decodeHeader(await parts.objects.get(keys.payload(bundle.planId), bundle.headerBytes));
  const inHeader = new Set(header.map(({ id }) => id));
  const planned = (await plannedItems(parts.pools.writer, bundle.planId)).map(({ dataItemId }) => dataItemId);
  for (const ids of batches(
    planned.filter((id) => inHeader.has(id)),
    batchingSize,
  )) {
    await makeItemsPermanent(parts.pools.writer, ids, bundle.bundleId, status.blockHeight, run).catch((fault: unknown) => {
      throw new ItemsNotMoved(reason(fault));
    });
    await uncacheItems(parts.cache, ids);
  }
  await repackItems(
    parts.pools.writer,
    planned.filter((id) => !inHeader.has(id)),
    bundle.bundleId,
  );
  await makeBundlePermanent(parts.pools.writer, bundle.bundleId, status.blockHeight, run);
}

async function isDropped({ objects }: JobParts, { bundleId }: Bundle): Promise<boolean> {
  const { anchorHeight } = JSON.parse((await objects.get(keys.transaction(bundleId))).toString("utf8")) as BundleTransaction;
  return (await blockHeight()) - anchorHeight > droppedAfterBlocks;
}
