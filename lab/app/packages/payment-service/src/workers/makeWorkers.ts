import type { Worker } from "bullmq";
import { runOf } from "../../../common/effects";
import { openPools } from "../../../common/pools";
import { paymentDatabase } from "../database/name";
import { creditByOperator } from "../database/receipts";
import { creditPendingTransactions } from "../jobs/creditPendingTransactions";
import { reconcilePurchases, refundPurchase } from "../jobs/arnsRefund";
import { metrics } from "../metrics";
import { Pricing } from "../pricing";
import { enqueueArnsRefund, reconcileJob, type AdminCredit, type ArnsRefund } from "../queues/producers";
import { paymentQueues } from "../queues/table";
import { makeWorker } from "./worker";

/** The three workers, each with a database of its own, and the pricing's beside them: eight pools. */
export function makeWorkers(): Worker[] {
  return [adminCreditWorker(), pendingTxWorker(), arnsRefundWorker()];
}

function adminCreditWorker(): Worker {
  const { writer } = openPools(paymentDatabase);
  return makeWorker<AdminCredit>(paymentQueues.adminCredit, (job) => creditByOperator(writer, job.data.addresses, BigInt(job.data.winc), runOf(job)));
}

function pendingTxWorker(): Worker {
  const pools = openPools(paymentDatabase);
  const pricing = new Pricing();
  return makeWorker(paymentQueues.pendingTx, async (job) => {
    try {
      // The application asks for the price of what it is about to credit.
      await pricing.priceOf(0);
      await creditPendingTransactions(pools, runOf(job));
    } catch (fault) {
      metrics.pendingTxFailure.inc();
      throw fault;
    }
  });
}

function arnsRefundWorker(): Worker {
  const pools = openPools(paymentDatabase);
  return makeWorker<ArnsRefund>(paymentQueues.arnsRefund, (job) =>
    job.name === reconcileJob ? reconcilePurchases(pools, enqueueArnsRefund) : refundPurchase(pools, job.data, runOf(job)),
  );
}
