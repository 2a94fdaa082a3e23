import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../../common/effects";
import type { NewDataItem } from "../messages";
import { newItemRow } from "./items";

/** A chunked upload whose parts come in. */
export interface InFlightUpload {
  uploadId: string;
  /** Key of the parts below `multipart-uploads/`. */
  uploadKey: string;
  chunkBytes: number;
  address: string;
}

interface UploadRow {
  upload_id: string;
  upload_key: string;
  chunk_size: string;
  lab_address: string;
  created_at: Date;
}

export async function insertInFlight(writer: Knex, upload: InFlightUpload): Promise<void> {
  await writer("in_flight_multi_part_upload").insert({
    upload_id: upload.uploadId,
    upload_key: upload.uploadKey,
    chunk_size: String(upload.chunkBytes),
    lab_address: upload.address,
  });
}

export async function inFlightUpload(reader: Knex, uploadId: string): Promise<InFlightUpload | undefined> {
  const row = await reader<UploadRow>("in_flight_multi_part_upload").where({ upload_id: uploadId }).first();
  return row === undefined ? undefined : { uploadId: row.upload_id, uploadKey: row.upload_key, chunkBytes: Number(row.chunk_size), address: row.lab_address };
}

/** The data item that a finished upload became; undefined while it is not finished. */
export async function finishedItem(reader: Knex, uploadId: string): Promise<string | undefined> {
  const row = await reader<{ upload_id: string; data_item_id: string }>("finished_multi_part_upload").where({ upload_id: uploadId }).first();
  return row?.data_item_id;
}

/** The upload is finished and its data item waits for a bundle: one transaction, so a second run of the job finds nothing to do. */
export async function finishUpload(writer: Knex, uploadId: string, item: NewDataItem, run: Run): Promise<void> {
  await writer.transaction(async (transaction) => {
    const [row] = await transaction<UploadRow>("in_flight_multi_part_upload").where({ upload_id: uploadId }).del().returning("*");
    if (row === undefined) return;
    await transaction("finished_multi_part_upload").insert({ ...row, data_item_id: item.dataItemId });
    await transaction("new_data_item").insert(newItemRow(item)).onConflict("data_item_id").ignore();
    await recordEffect(transaction, run, item.dataItemId);
  });
}
