/** Names of the jobs, as `lib/constants` exports them to the platform's timers. */
export const jobLabels = {
  newDataItem: "new-data-item",
  planBundle: "plan-bundle",
  prepareBundle: "prepare-bundle",
  postBundle: "post-bundle",
  seedBundle: "seed-bundle",
  broadcastChunks: "broadcast-chunks",
  verifyBundle: "verify-bundle",
  opticalPost: "optical-post",
  putOffsets: "put-offsets",
  unbundleBdi: "unbundle-bdi",
  finalizeUpload: "finalize-upload",
  cleanupFs: "cleanup-fs",
  redrivePosted: "redrive-posted",
  refundBalance: "refund-balance",
  archiveCopy: "archive-copy",
  ensurePartitions: "ensure-partitions",
} as const;

export type JobLabel = (typeof jobLabels)[keyof typeof jobLabels];
