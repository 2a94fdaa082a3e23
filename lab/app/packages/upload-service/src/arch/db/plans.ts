import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../../common/effects";
import { moveRows, type Row } from "../../../../common/moveRows";
import type { Waiting } from "../../bundles/packer";
import { batchingSize, failedBundlesLimit, maxDataItemsPerBundle } from "../../constants";
import { batches } from "./batches";
import { requirePlanIsNowhereElse } from "./states";

interface WaitingRow {
  data_item_id: string;
  byte_count: string;
  uploaded_date: Date;
}

/** A data item of a plan. */
export interface Planned {
  dataItemId: string;
  byteCount: number;
}

/** Data items that wait for a bundle, oldest first. */
export async function waitingItems(reader: Knex): Promise<Waiting[]> {
  const rows = await reader<WaitingRow>("new_data_item")
    .orderBy("uploaded_date")
    .limit(maxDataItemsPerBundle * 5)
    .select("data_item_id", "byte_count", "uploaded_date");
  return rows.map((row) => ({ dataItemId: row.data_item_id, byteCount: Number(row.byte_count), uploadedDate: row.uploaded_date }));
}

/**
 * Makes a plan and moves its data items into it, a hundred in a transaction. As in the application the plan's row comes
 * first, so a second planner that finds the items gone leaves an empty plan, and a crash leaves a part of one.
 */
export async function insertPlan(writer: Knex, planId: string, dataItemIds: readonly string[], run: Run): Promise<void> {
  const [plan] = await writer<{ plan_id: string; planned_date: Date }>("bundle_plan").insert({ plan_id: planId }).returning("planned_date");
  for (const [index, ids] of batches(dataItemIds, batchingSize).entries()) {
    await writer.transaction(async (transaction) => {
      const add = (row: Row): Row => ({ ...row, plan_id: planId, planned_date: plan?.planned_date });
      const moved = await moveRows(transaction, "new_data_item", "planned_data_item", { column: "data_item_id", in: ids }, add);
      if (moved.length > 0) await recordEffect(transaction, run, `${planId}/${String(index)}`);
    });
  }
}

/** The data items of a plan that still has to be prepared. Throws `PlanElsewhere` when it was. */
export async function itemsToPrepare(reader: Knex, planId: string): Promise<Planned[]> {
  if ((await reader("bundle_plan").where({ plan_id: planId }).first()) === undefined) await requirePlanIsNowhereElse(reader, planId);
  return plannedItems(reader, planId);
}

export async function plannedItems(reader: Knex, planId: string): Promise<Planned[]> {
  const rows = await reader<WaitingRow & { plan_id: string }>("planned_data_item").where({ plan_id: planId }).orderBy("data_item_id");
  return rows.map((row) => ({ dataItemId: row.data_item_id, byteCount: Number(row.byte_count) }));
}

/** An item whose bytes are gone is given up. */
export async function failPlannedItem(writer: Knex, dataItemId: string, reason: string): Promise<void> {
  await writer.transaction(async (transaction) => {
    await moveRows(transaction, "planned_data_item", "failed_data_item", { column: "data_item_id", in: [dataItemId] }, (row) => ({
      ...row,
      failed_reason: reason,
    }));
  });
}

/** Sends a failed bundle's data items back to be planned anew; one that failed too often is given up. */
export async function repackItems(writer: Knex, dataItemIds: readonly string[], failedBundleId: string): Promise<void> {
  for (const ids of batches(dataItemIds, batchingSize)) {
    await writer.transaction(async (transaction) => {
      const rows: Row[] = await transaction<Row>("planned_data_item").whereIn("data_item_id", ids).del().returning("*");
      const failed = rows.map((row) => ({ ...row, failed_bundles: withBundle(row["failed_bundles"], failedBundleId) }));
      const givenUp = failed.filter((row) => row.failed_bundles.split(",").length >= failedBundlesLimit);
      const again = failed.filter((row) => !givenUp.includes(row)).map((row) => without(row, ["plan_id", "planned_date"]));
      if (givenUp.length > 0)
        await transaction.batchInsert(
          "failed_data_item",
          givenUp.map((row) => ({ ...row, failed_reason: "too_many_failures" })),
        );
      if (again.length > 0) await transaction.batchInsert("new_data_item", again);
    });
  }
}

function withBundle(known: unknown, bundleId: string): string {
  return typeof known === "string" && known !== "" ? `${known},${bundleId}` : bundleId;
}

function without(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}
