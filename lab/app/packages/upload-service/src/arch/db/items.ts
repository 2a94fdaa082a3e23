import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../../common/effects";
import { errorCode, uniqueViolation, type Pools } from "../../../../common/pools";
import type { NewDataItem } from "../messages";

interface ItemRow {
  data_item_id: string;
  owner_public_address: string;
  assessed_winston_price: string;
  byte_count: string;
  uploaded_date: Date;
  deadline_height: string;
  bundle_id?: string;
  failed_reason?: string;
}

/** The tables in which a data item can be, and what it is there. */
const places = [
  { table: "new_data_item", state: "new" },
  { table: "planned_data_item", state: "pending" },
  { table: "permanent_data_items", state: "permanent" },
  { table: "failed_data_item", state: "failed" },
] as const;

/** Where a data item stands on its way to the chain. */
export interface ItemState {
  state: (typeof places)[number]["state"];
  winc: string;
  owner: string;
  deadlineHeight: number;
  /** Milliseconds since 1970. */
  uploadedAt: number;
  bundleId?: string;
}

/** Undefined for an item that no table has. */
export async function stateOf(reader: Knex, id: string): Promise<ItemState | undefined> {
  for (const { table, state } of places) {
    const row = await reader<ItemRow>(table).where({ data_item_id: id }).first();
    if (row === undefined) continue;
    return {
      state,
      winc: row.assessed_winston_price,
      owner: row.owner_public_address,
      deadlineHeight: Number(row.deadline_height),
      uploadedAt: row.uploaded_date.getTime(),
      ...(row.bundle_id === undefined ? {} : { bundleId: row.bundle_id }),
    };
  }
  return undefined;
}

/** Whether an item was uploaded before. One that failed may come again: it is forgotten here. */
export async function isKnown({ writer, reader }: Pools, id: string): Promise<boolean> {
  const found = await Promise.all(
    places.map(({ table }) => reader<ItemRow>(table).where({ data_item_id: id }).whereRaw("uploaded_date > now() - interval '30 days'").first("data_item_id")),
  );
  const failed = found.pop();
  if (failed !== undefined) await writer("failed_data_item").where({ data_item_id: id }).del();
  return found.some((row) => row !== undefined);
}

export function newItemRow(item: NewDataItem): Record<string, unknown> {
  return {
    data_item_id: item.dataItemId,
    owner_public_address: item.ownerPublicAddress,
    assessed_winston_price: item.assessedWinstonPrice,
    byte_count: String(item.byteCount),
    uploaded_date: item.uploadedDate,
    deadline_height: String(item.deadlineHeight),
    failed_bundles: item.failedBundles.join(","),
  };
}

/** Makes an upload a row. The primary key is the guard against a second one, which is then left out. */
export async function insertNewItem(pools: Pools, item: NewDataItem, run: Run): Promise<void> {
  if (await isKnown(pools, item.dataItemId)) return;
  try {
    await pools.writer.transaction(async (transaction) => {
      await transaction("new_data_item").insert(newItemRow(item));
      await recordEffect(transaction, run, item.dataItemId);
    });
  } catch (fault) {
    if (errorCode(fault) !== uniqueViolation) throw fault;
  }
}
