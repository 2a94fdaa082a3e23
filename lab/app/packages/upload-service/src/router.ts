import Router from "@koa/router";
import type { Architecture } from "./arch/architecture";
import { register } from "./arch/metrics";
import { gatewayUrl } from "./constants";
import { chunksStatus, createUpload, finalizeChunks, putChunk } from "./routes/chunks";
import { makePorts } from "./routes/ports";
import { getStatus } from "./routes/status";
import { postUpload } from "./routes/uploads";

/** A path at the root and below `/v1`. */
const both = (path: string): string[] => [path, `/v1${path}`];

/** Routes of the upload service. */
export function makeRouter(architecture: Architecture): Router {
  const router = new Router();
  router.get("/health", (context) => {
    context.body = "OK";
  });
  router.get(["/", "/v1", "/info", "/v1/info"], (context) => {
    context.body = { version: "reference-workload", addresses: { arweave: architecture.wallet.address }, gateway: gatewayUrl.host };
  });
  router.get("/bundler_metrics", async (context) => {
    context.type = register.contentType;
    context.body = await register.metrics();
  });
  router.post([...both("/tx"), ...both("/tx/:token")], postUpload(makePorts(architecture)));
  router.get(both("/tx/:id/status"), getStatus(architecture));
  router.get(both("/chunks/:token/-1/-1"), createUpload(architecture));
  router.get(both("/chunks/:token/:uploadId/status"), chunksStatus(architecture));
  router.post([...both("/chunks/:token/:uploadId/finalize"), ...both("/chunks/:token/:uploadId/-1")], finalizeChunks(architecture));
  router.post(both("/chunks/:token/:uploadId/:chunkOffset"), putChunk(architecture));
  return router;
}
