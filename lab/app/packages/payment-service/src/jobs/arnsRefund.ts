import type { Run } from "../../../common/effects";
import { integer } from "../../../common/environment";
import type { Pools } from "../../../common/pools";
import { AlreadyDone } from "../database/faults";
import { orphanedNonces, refundName } from "../database/namePurchases";
import type { ArnsRefund } from "../queues/producers";

const ninetyMinutes = 90 * 60_000;

/** Gives the price of a failed purchase back; one that is settled already is left alone, and the job is done. */
export async function refundPurchase({ writer }: Pools, { nonce, reason }: ArnsRefund, run: Run): Promise<void> {
  try {
    await refundName(writer, nonce, reason, run);
  } catch (fault) {
    if (!(fault instanceof AlreadyDone)) throw fault;
  }
}

/** Asks for the refund of purchases whose request died between the price and the purchase. */
export async function reconcilePurchases({ reader }: Pools, enqueueRefund: (refund: ArnsRefund) => Promise<void>): Promise<void> {
  for (const nonce of await orphanedNonces(reader, integer("ARNS_RECEIPT_STALE_THRESHOLD_MS", ninetyMinutes))) {
    await enqueueRefund({ nonce, reason: "RECONCILE_ORPHANED" });
  }
}
