import { usual, type QueueRow } from "../../../common/jobOptions";

/** The three queues of payments. */
export const paymentQueues = {
  pendingTx: {
    name: "payment-pending-tx",
    concurrency: 1,
    concurrencyVariable: "WORKER_CONCURRENCY_PENDING_TX",
    ...usual,
    limiter: { max: 10, duration: 60_000 },
  },
  adminCredit: {
    name: "payment-admin-credit",
    concurrency: 2,
    concurrencyVariable: "WORKER_CONCURRENCY_ADMIN_CREDIT",
    ...usual,
    attempts: 5,
    limiter: { max: 10, duration: 60_000 },
  },
  arnsRefund: { name: "payment-arns-refund", concurrency: 3, concurrencyVariable: "WORKER_CONCURRENCY_ARNS_REFUND", ...usual, attempts: 10 },
} as const satisfies Record<string, QueueRow>;

export type PaymentQueue = keyof typeof paymentQueues;
