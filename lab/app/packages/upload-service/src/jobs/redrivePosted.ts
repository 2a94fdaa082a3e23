import type { Run } from "../../../common/effects";
import { log, reason } from "../../../common/log";
import { countRedrive, failBundle, stalePosted } from "../arch/db/bundles";
import { metrics } from "../arch/metrics";
import { enqueue } from "../arch/queues";
import { maxSeedRedrives, postedStaleMilliseconds } from "../constants";
import type { JobParts } from "./parts";

/** Has bundles seeded again that were posted long ago; after too many tries their data items go into new bundles. */
export async function redrivePosted({ pools }: JobParts, run: Run): Promise<void> {
  for (const bundle of await stalePosted(pools.writer, postedStaleMilliseconds)) {
    try {
      if ((await countRedrive(pools.writer, bundle.planId, run)) > maxSeedRedrives) {
        await failBundle(pools.writer, "posted_bundle", bundle, "failed_to_seed", run);
        metrics.postedRedrive.inc({ result: "demoted" });
      } else {
        await enqueue("seed-bundle", { planId: bundle.planId });
        metrics.postedRedrive.inc({ result: "reenqueued" });
      }
    } catch (fault) {
      metrics.postedRedrive.inc({ result: "error" });
      log("error", "bundle not driven again", { bundleId: bundle.bundleId, error: reason(fault) });
    }
  }
}
