import type { Worker } from "bullmq";
import { recordEffect, runOf } from "../../../common/effects";
import { insertNewItem } from "../arch/db/items";
import { putOffsets } from "../arch/db/offsets";
import { archiveCopy } from "../jobs/archiveCopy";
import { broadcastChunk } from "../jobs/broadcastChunks";
import { cleanupFs } from "../jobs/cleanupFs";
import { ensurePartitions } from "../jobs/ensurePartitions";
import { finalizeUpload } from "../jobs/finalizeUpload";
import { opticalPost } from "../jobs/opticalPost";
import type { JobParts } from "../jobs/parts";
import { planBundles } from "../jobs/plan";
import { postBundle } from "../jobs/post";
import { prepareBundle } from "../jobs/prepare";
import { redrivePosted } from "../jobs/redrivePosted";
import { seedBundle } from "../jobs/seed";
import { unbundleBdi } from "../jobs/unbundleBdi";
import { verifyBundles } from "../jobs/verify";
import { makeWorker } from "./worker";

/** All sixteen workers; no setting selects some of them. */
export function makeWorkers(parts: JobParts): Worker[] {
  return [
    makeWorker("plan-bundle", (job) => planBundles(parts, runOf(job))),
    makeWorker("prepare-bundle", (job) => prepareBundle(parts, job.data.planId, runOf(job))),
    makeWorker("post-bundle", (job) => postBundle(parts, job.data.planId, runOf(job))),
    makeWorker("seed-bundle", (job) => seedBundle(parts, job.data.planId, runOf(job))),
    makeWorker("verify-bundle", (job) => verifyBundles(parts, runOf(job))),
    makeWorker("put-offsets", (job) => putOffsets(parts.extraWriter, job.data.offsets, runOf(job))),
    makeWorker("new-data-item", (job) => insertNewItem(parts.pools, job.data, runOf(job))),
    makeWorker("optical-post", (job) => opticalPost(parts, job.data, runOf(job))),
    makeWorker("unbundle-bdi", (job) => unbundleBdi(parts, job.data, runOf(job))),
    makeWorker("finalize-upload", (job) => finalizeUpload(parts, job.data.uploadId, runOf(job))),
    makeWorker("cleanup-fs", (job) => cleanupFs(parts, runOf(job))),
    makeWorker("redrive-posted", (job) => redrivePosted(parts, runOf(job))),
    makeWorker("refund-balance", async (job) => {
      await parts.payment.refund(job.data);
      await recordEffect(parts.pools.writer, runOf(job), job.data.dataItemId);
    }),
    makeWorker("broadcast-chunks", (job) => broadcastChunk(parts, job.data, runOf(job))),
    makeWorker("archive-copy", (job) => archiveCopy(parts, job.data.key, runOf(job))),
    makeWorker("ensure-partitions", (job) => ensurePartitions(parts, runOf(job))),
  ];
}
