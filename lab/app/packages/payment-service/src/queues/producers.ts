import { Queue } from "bullmq";
import { value } from "../../../common/environment";
import { defaultJobOptions } from "../../../common/jobOptions";
import { queueConnection } from "./connection";
import { paymentQueues, type PaymentQueue } from "./table";

const queues = new Map<PaymentQueue, Queue>();

export const reconcileJob = "reconcile-stale";
export const refundJob = "refund";

/** What an operator gives: so many Winston credits to each of the addresses. */
export interface AdminCredit {
  addresses: string[];
  winc: string;
}

export interface ArnsRefund {
  nonce: string;
  reason: string;
}

function queueOf(key: PaymentQueue): Queue {
  const known = queues.get(key) ?? new Queue(paymentQueues[key].name, { connection: queueConnection(), defaultJobOptions });
  queues.set(key, known);
  return known;
}

/** Gives the job's id. */
export async function enqueueAdminCredit(data: AdminCredit): Promise<string> {
  const job = await queueOf("adminCredit").add("admin-credit", data, { priority: 1, attempts: paymentQueues.adminCredit.attempts });
  return job.id ?? "";
}

/** The nonce makes a second refund of the same purchase the same job. */
export async function enqueueArnsRefund(data: ArnsRefund): Promise<void> {
  const { attempts, backoffMilliseconds: delay } = paymentQueues.arnsRefund;
  await queueOf("arnsRefund").add(refundJob, data, { jobId: `arns-refund-${data.nonce}`, attempts, backoff: { type: "exponential", delay } });
}

/** Repeated jobs of payments: kept in Redis, one a tick however many workers ask for them. */
export async function schedulePaymentJobs(): Promise<void> {
  await queueOf("pendingTx").add("check-pending-tx", {}, { repeat: { pattern: "*/60 * * * * *" }, jobId: "pending-tx-cron" });
  const pattern = value("ARNS_RECONCILE_CRON") ?? "*/5 * * * *";
  await queueOf("arnsRefund").add(reconcileJob, {}, { repeat: { pattern }, jobId: "arns-reconcile-cron" });
}
