import { randomUUID } from "node:crypto";
import type { Run } from "../../../common/effects";
import { insertPlan, waitingItems } from "../arch/db/plans";
import { enqueue } from "../arch/queues";
import { packBundles } from "../bundles/packer";
import { maxBundleBytes, maxDataItemsPerBundle, overdueMilliseconds } from "../constants";
import type { JobParts } from "./parts";

const longestRunMilliseconds = 14 * 60_000;

/** Plans bundles until nothing is left that is worth one. A crash between a plan and its job leaves a plan that nobody prepares. */
export async function planBundles({ pools }: JobParts, run: Run): Promise<void> {
  const began = Date.now();
  const limits = { maxItems: maxDataItemsPerBundle, maxBytes: maxBundleBytes, overdueMilliseconds };
  while (Date.now() - began < longestRunMilliseconds) {
    const bundles = packBundles(await waitingItems(pools.reader), limits);
    if (bundles.length === 0) return;
    for (const ids of bundles) {
      const planId = randomUUID();
      await insertPlan(pools.writer, planId, ids, run);
      await enqueue("prepare-bundle", { planId });
    }
  }
}
