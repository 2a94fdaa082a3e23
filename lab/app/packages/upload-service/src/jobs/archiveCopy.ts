import { recordEffect, type Run } from "../../../common/effects";
import { value } from "../../../common/environment";
import { ObjectStore } from "../arch/objectStore";
import type { JobParts } from "./parts";

/** Copies an object into the archive's bucket; without ARCHIVE_DATA_ITEM_BUCKET there is none, and nothing to do. */
export async function archiveCopy({ pools, objects }: JobParts, key: string, run: Run): Promise<void> {
  const bucket = value("ARCHIVE_DATA_ITEM_BUCKET");
  if (bucket === undefined) return;
  await new ObjectStore(bucket).put(key, await objects.get(key));
  await recordEffect(pools.writer, run, key);
}
