import type { Run } from "../../../common/effects";
import { log } from "../../../common/log";
import type { BundleTransaction } from "../arch/arweaveGateway";
import { bundleToSeed, insertSeeded, type Bundle } from "../arch/db/bundles";
import { PlanElsewhere } from "../arch/db/states";
import { keys } from "../arch/objectStore";
import { enqueue } from "../arch/queues";
import { verifyDelayMilliseconds } from "../constants";
import type { JobParts } from "./parts";

const chunkBytes = 256 * 1024;

/** Stages a posted bundle's bytes as chunks, each with a job that broadcasts it; then the bundle counts as seeded. */
export async function seedBundle({ pools, objects }: JobParts, planId: string, run: Run): Promise<void> {
  let bundle: Bundle;
  try {
    bundle = await bundleToSeed(pools.writer, planId);
  } catch (fault) {
    if (!(fault instanceof PlanElsewhere)) throw fault;
    log("warn", fault.message);
    return;
  }
  const { bundleId } = bundle;
  const { dataRoot, dataSize } = JSON.parse((await objects.get(keys.transaction(bundleId))).toString("utf8")) as BundleTransaction;
  const payload = await objects.get(keys.payload(planId));
  for (let offset = 0; offset < payload.length; offset += chunkBytes) {
    await objects.put(keys.chunk(dataRoot, offset), payload.subarray(offset, offset + chunkBytes));
    await enqueue("broadcast-chunks", { planId, bundleId, dataRoot, dataSize, offset, chunkIndex: offset / chunkBytes });
  }
  await insertSeeded(pools.writer, bundleId, run);
  await enqueue("verify-bundle", { planId }, { delay: verifyDelayMilliseconds });
}
