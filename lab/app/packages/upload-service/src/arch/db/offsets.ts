import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../../common/effects";
import type { Offset } from "../messages";

/** Writes where data items are in their bundles; the last word counts. */
export async function putOffsets(writer: Knex, offsets: readonly Offset[], run: Run): Promise<void> {
  if (offsets.length === 0) return;
  await writer.transaction(async (transaction) => {
    const rows = offsets.map((offset) => ({
      data_item_id: offset.dataItemId,
      root_bundle_id: offset.rootBundleId,
      start_offset_in_root_bundle: String(offset.startOffsetInRootBundle),
      raw_content_length: String(offset.rawContentLength),
      parent_data_item_id: offset.parentDataItemId ?? null,
    }));
    await transaction("data_item_offsets").insert(rows).onConflict("data_item_id").merge();
    await recordEffect(transaction, run, run.jobId);
  });
}
