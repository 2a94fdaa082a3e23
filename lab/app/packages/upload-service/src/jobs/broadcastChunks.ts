import { recordEffect, type Run } from "../../../common/effects";
import { log, reason } from "../../../common/log";
import { postChunk } from "../arch/arweaveGateway";
import type { ChunkHeader } from "../arch/messages";
import { metrics } from "../arch/metrics";
import { keys } from "../arch/objectStore";
import type { JobParts } from "./parts";

/** Gives one staged chunk to a node and takes it from the stage; an error has the job tried again for this chunk alone. */
export async function broadcastChunk({ pools, objects }: JobParts, header: ChunkHeader, run: Run): Promise<void> {
  const key = keys.chunk(header.dataRoot, header.offset);
  const chunk = (await objects.get(key)).toString("base64url");
  await postChunk({ ...header, chunk }).catch((fault: unknown) => {
    metrics.chunkSeed.inc({ result: "failure" });
    throw fault;
  });
  metrics.chunkSeed.inc({ result: "success" });
  await recordEffect(pools.writer, run, `${header.bundleId}/${String(header.offset)}`);
  await objects.remove(key).catch((fault: unknown) => {
    log("warn", "staged chunk left", { key, error: reason(fault) });
  });
}
