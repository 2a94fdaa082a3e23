import { randomUUID } from "node:crypto";
import { readBody } from "../../../common/body";
import type { Architecture } from "../arch/architecture";
import { stateOf } from "../arch/db/items";
import { finishedItem, inFlightUpload, insertInFlight, type InFlightUpload } from "../arch/db/multipart";
import { keys } from "../arch/objectStore";
import { enqueue } from "../arch/queues";
import { chunk, receiptVersion } from "../constants";
import { answering, part, payer, type Context } from "./context";

type Route = ReturnType<typeof answering>;

function fail(context: Context, status: number, error: string): void {
  context.status = status;
  context.body = { error };
}

/** `GET /v1/chunks/:token/-1/-1[?chunkSize=]` begins a chunked upload. */
export const createUpload = ({ pools, objects }: Architecture): Route =>
  answering(async (context) => {
    const asked = context.query["chunkSize"];
    const chunkBytes = typeof asked === "string" ? Number(asked) : chunk.defaultBytes;
    if (!(chunkBytes >= chunk.minBytes && chunkBytes <= chunk.maxBytes)) {
      fail(context, 400, `chunkSize: given ${String(asked)}, needed ${String(chunk.minBytes)} to ${String(chunk.maxBytes)}`);
      return;
    }
    const uploadKey = randomUUID();
    const uploadId = await objects.createMultipart(keys.multipart(uploadKey));
    await insertInFlight(pools.writer, { uploadId, uploadKey, chunkBytes, address: payer(context) });
    context.body = { id: uploadId, min: chunk.minBytes, max: chunk.maxBytes, chunkSize: chunkBytes };
  });

/** `POST /v1/chunks/:token/:uploadId/:chunkOffset` with a chunk's bytes. */
export const putChunk = ({ pools, objects }: Architecture): Route =>
  answering(async (context) => {
    await withUpload(context, pools.reader, async ({ uploadId, uploadKey, chunkBytes }) => {
      const offset = Number(part(context, "chunkOffset"));
      if (!Number.isSafeInteger(offset) || offset < 0 || offset % chunkBytes !== 0) {
        fail(context, 400, `chunkOffset: given ${part(context, "chunkOffset")}, needed a multiple of ${String(chunkBytes)}`);
        return;
      }
      await objects.putPart(keys.multipart(uploadKey), uploadId, offset / chunkBytes + 1, await readBody(context.req, chunk.maxBytes));
      context.status = 200;
      context.body = { offset };
    });
  });

/** `POST /v1/chunks/:token/:uploadId/finalize` leaves the rest to the queue. */
export const finalizeChunks = ({ pools }: Architecture): Route =>
  answering(async (context) => {
    await withUpload(context, pools.reader, async ({ uploadId }) => {
      await enqueue("finalize-upload", { uploadId, token: part(context, "token") });
      context.status = 202;
      context.body = { id: uploadId };
    });
  });

/** `GET /v1/chunks/:token/:uploadId/status`: ASSEMBLING, then FINALIZED with a receipt. */
export const chunksStatus = ({ pools, wallet }: Architecture): Route =>
  answering(async (context) => {
    const uploadId = part(context, "uploadId");
    const id = await finishedItem(pools.reader, uploadId);
    if (id === undefined) {
      await withUpload(context, pools.reader, () => {
        context.body = { status: "ASSEMBLING", timestamp: Date.now() };
        return Promise.resolve();
      });
      return;
    }
    const found = await stateOf(pools.reader, id);
    const receipt =
      found === undefined
        ? undefined
        : wallet.sign({ id, timestamp: found.uploadedAt, winc: found.winc, version: receiptVersion, deadlineHeight: found.deadlineHeight });
    context.body = { status: receipt === undefined ? "FINALIZING" : "FINALIZED", timestamp: Date.now(), receipt };
  });

async function withUpload(context: Context, reader: Architecture["pools"]["reader"], work: (upload: InFlightUpload) => Promise<void>): Promise<void> {
  const upload = await inFlightUpload(reader, part(context, "uploadId"));
  if (upload === undefined) fail(context, 404, "no such upload");
  else await work(upload);
}
