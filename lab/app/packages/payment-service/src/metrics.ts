import { Counter, collectDefaultMetrics, register } from "prom-client";

collectDefaultMetrics();

/** The application's counters that the workload moves. */
export const metrics = {
  topUps: new Counter({ name: "top_ups", help: "Balances credited by payments" }),
  paymentIntentSucceeded: new Counter({ name: "payment_intent_succeeded", help: "Payments told of by the provider" }),
  uncaughtExceptions: new Counter({ name: "uncaught_exceptions_total", help: "Exceptions that nothing caught" }),
  pendingTxFailure: new Counter({ name: "credit_pending_tx_job_failure", help: "Failed runs of the pending transactions job" }),
};

export { register };
