import { log, reason } from "../../../common/log";
import { stopOnSignal } from "../../../common/stopWorkers";
import { schedulePaymentJobs } from "../queues/producers";
import { requireWorkers } from "../requirements";
import { makeWorkers } from "./makeWorkers";

requireWorkers();

const workers = makeWorkers();

stopOnSignal(workers);

schedulePaymentJobs().then(
  () => {
    log("info", "payment-workers started");
  },
  (fault: unknown) => {
    log("error", "payment-workers could not start", { error: reason(fault) });
    process.exit(1);
  },
);
