import type { Worker } from "bullmq";
import { log, reason } from "./log";

/** On SIGTERM or SIGINT takes no new job, waits for those under way however long they take, and exits. */
export function stopOnSignal(workers: readonly Worker[]): void {
  const stop = (signal: string): void => {
    log("info", `${signal}: closing workers`);
    Promise.all(workers.map((worker) => worker.close())).then(
      () => process.exit(0),
      (fault: unknown) => {
        log("error", "workers did not close", { error: reason(fault) });
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
