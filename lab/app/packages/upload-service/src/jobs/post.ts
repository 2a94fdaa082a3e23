import type { Run } from "../../../common/effects";
import { log, reason } from "../../../common/log";
import { postTransaction, transactionStatus, type BundleTransaction } from "../arch/arweaveGateway";
import { bundleToPost, failBundle, insertPosted, type Bundle } from "../arch/db/bundles";
import { PlanElsewhere } from "../arch/db/states";
import { metrics } from "../arch/metrics";
import { keys } from "../arch/objectStore";
import { enqueue } from "../arch/queues";
import type { JobParts } from "./parts";

/** Posts a prepared bundle's transaction. */
export async function postBundle(parts: JobParts, planId: string, run: Run): Promise<void> {
  let bundle: Bundle;
  try {
    bundle = await bundleToPost(parts.pools.writer, planId);
  } catch (fault) {
    if (!(fault instanceof PlanElsewhere)) throw fault;
    log("warn", fault.message);
    return;
  }
  const transaction = JSON.parse((await parts.objects.get(keys.transaction(bundle.bundleId))).toString("utf8")) as BundleTransaction;
  try {
    await postTransaction(transaction);
    await markPosted(parts, bundle, run);
  } catch (fault) {
    log("error", "post failed", { bundleId: bundle.bundleId, error: reason(fault) });
    // A run that died after its post left the transaction on its way: that is a post. Whoever cannot be asked makes the job fail.
    const { status } = await transactionStatus(bundle.bundleId);
    if (status === "not found") await failBundle(parts.pools.writer, "new_bundle", bundle, "failed_to_post", run);
    else await markPosted(parts, bundle, run);
  }
}

async function markPosted({ pools, payment }: JobParts, { bundleId, planId }: Bundle, run: Run): Promise<void> {
  const rate = await payment.usdToArRate().catch((fault: unknown) => {
    metrics.usdToArRateFail.inc();
    log("warn", "no rate", { error: reason(fault) });
    return undefined;
  });
  await insertPosted(pools.writer, bundleId, rate, run);
  await enqueue("seed-bundle", { planId });
}
