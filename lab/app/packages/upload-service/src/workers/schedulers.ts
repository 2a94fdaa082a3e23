import { log, reason } from "../../../common/log";
import { upsertRepeatable } from "../arch/queues";

const retries = 5;
const firstRetryMilliseconds = 5_000;

/** Has Redis make the repeated jobs. Tried again for a while, then given up until the next start, as in the application. */
export async function registerSchedulers(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const pattern = (variable: string, otherwise: string): string => environment[variable] ?? otherwise;
  await upsertRepeatable("plan-bundle", "plan-bundle-scheduler", pattern("PLAN_SCHEDULE_CRON", "*/5 * * * *"), { planId: "scheduler" });
  await upsertRepeatable("cleanup-fs", "cleanup-fs-scheduler", pattern("CLEANUP_SCHEDULE_CRON", "0 2 * * *"), {});
  await upsertRepeatable("redrive-posted", "redrive-posted-scheduler", pattern("POSTED_REDRIVE_SCHEDULE_CRON", "*/10 * * * *"), {});
  await upsertRepeatable("ensure-partitions", "ensure-partitions-scheduler", pattern("ENSURE_PARTITIONS_SCHEDULE_CRON", "0 3 * * *"), {});
}

export function registerSchedulersWithRetry(attempt = 0): void {
  registerSchedulers().then(
    () => {
      log("info", "registered job schedulers");
    },
    (fault: unknown) => {
      log("error", "job schedulers not registered", { attempt, error: reason(fault) });
      if (attempt < retries)
        setTimeout(
          () => {
            registerSchedulersWithRetry(attempt + 1);
          },
          firstRetryMilliseconds * (attempt + 1),
        );
    },
  );
}
