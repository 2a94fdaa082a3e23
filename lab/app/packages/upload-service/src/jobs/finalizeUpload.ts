import type { Run } from "../../../common/effects";
import { blockHeight } from "../arch/arweaveGateway";
import { finishUpload, inFlightUpload } from "../arch/db/multipart";
import { keys } from "../arch/objectStore";
import { cacheSmallItem } from "../arch/smallItems";
import { deadlineHeightIncrement } from "../constants";
import { dataItemId } from "../uploads/id";
import type { JobParts } from "./parts";

/** Makes a chunked upload a data item: assembles it, pays for it, and has it wait for a bundle. */
export async function finalizeUpload({ pools, objects, cache, payment }: JobParts, uploadId: string, run: Run): Promise<void> {
  const upload = await inFlightUpload(pools.reader, uploadId);
  if (upload === undefined) return;
  const assembled = keys.multipart(upload.uploadKey);
  await objects.completeMultipart(assembled, uploadId);
  const bytes = await objects.get(assembled);
  const id = dataItemId(bytes);
  const reservation = await payment.reserve(upload.address, bytes.length, id);
  if (!reservation.reserved) throw new Error(`upload ${uploadId}: insufficient balance`);
  await objects.copy(assembled, keys.item(id));
  await cacheSmallItem(cache, id, bytes);
  const item = {
    dataItemId: id,
    ownerPublicAddress: upload.address,
    assessedWinstonPrice: String(reservation.winc),
    byteCount: bytes.length,
    uploadedDate: new Date().toISOString(),
    deadlineHeight: (await blockHeight()) + deadlineHeightIncrement,
    failedBundles: [],
  };
  await finishUpload(pools.writer, uploadId, item, run);
  await objects.remove(assembled);
}
