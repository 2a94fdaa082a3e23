import { recordEffect, type Run } from "../../../common/effects";
import { postChunk } from "../arch/arweaveGateway";
import type { ChunkHeader } from "../arch/messages";
import { metrics } from "../arch/metrics";
import { keys } from "../arch/objectStore";
import type { JobParts } from "./parts";

/**
 * Gives one staged chunk to a node; an error has the job tried again for this chunk alone. The stage is left to the bucket's lifecycle:
 * a bundle that is seeded again has a second job for the same chunk.
 */
export async function broadcastChunk({ pools, objects }: JobParts, header: ChunkHeader, run: Run): Promise<void> {
  const chunk = (await objects.get(keys.chunk(header.dataRoot, header.offset))).toString("base64url");
  await postChunk({ ...header, chunk }).catch((fault: unknown) => {
    metrics.chunkSeed.inc({ result: "failure" });
    throw fault;
  });
  metrics.chunkSeed.inc({ result: "success" });
  await recordEffect(pools.writer, run, `${header.bundleId}/${String(header.offset)}`);
}
