import knex from "knex";
import { recordEffect, type Run } from "../../../common/effects";
import { integer } from "../../../common/environment";
import { writerConfig } from "../../../common/knexConfig";
import { uploadDatabase } from "../arch/db/name";
import { keys } from "../arch/objectStore";
import type { JobParts } from "./parts";

interface PermanentRow {
  data_item_id: string;
  uploaded_date: Date;
}

const cursorKey = "fs-cleanup-last-deleted-cursor";
const batch = 500;

/** Deletes the bytes of data items that have been permanent for long; a cursor in the database says how far it came. */
export async function cleanupFs({ objects }: JobParts, run: Run): Promise<void> {
  // As in the application, a pool of this job's own.
  const writer = knex(writerConfig(uploadDatabase));
  try {
    const cursor = await writer<{ key: string; value: string }>("config").where({ key: cursorKey }).first();
    const rows = await writer<PermanentRow>("permanent_data_items")
      .whereRaw("uploaded_date < now() - (? * interval '1 day')", [integer("MINIO_CLEANUP_DAYS", 90)])
      .andWhere("uploaded_date", ">", cursor?.value ?? "1970-01-01")
      .orderBy("uploaded_date")
      .limit(batch);
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const row of rows) await objects.remove(keys.item(row.data_item_id));
    const value = last.uploaded_date.toISOString();
    await writer.transaction(async (transaction) => {
      await transaction("config").insert({ key: cursorKey, value }).onConflict("key").merge();
      await recordEffect(transaction, run, value);
    });
  } finally {
    await writer.destroy();
  }
}
