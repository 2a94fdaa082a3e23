/** An upload as its queue carries it: what becomes a row of `new_data_item`. */
export interface NewDataItem {
  dataItemId: string;
  ownerPublicAddress: string;
  /** Price in Winston credits. */
  assessedWinstonPrice: string;
  byteCount: number;
  /** ISO 8601, UTC. */
  uploadedDate: string;
  deadlineHeight: number;
  failedBundles: string[];
}

export interface Plan {
  planId: string;
}

/** Where a data item is in its bundle, in bytes. */
export interface Offset {
  dataItemId: string;
  rootBundleId: string;
  startOffsetInRootBundle: number;
  rawContentLength: number;
  parentDataItemId?: string;
}

export interface ChunkHeader {
  planId: string;
  bundleId: string;
  dataRoot: string;
  dataSize: number;
  offset: number;
  chunkIndex: number;
}

/** What the gateway is told of an upload before its bundle is mined. */
export interface OpticalHeader {
  id: string;
  ownerAddress: string;
  dataSize: number;
  /** Milliseconds since 1970. */
  uploadedAt: number;
}

export interface Refund {
  nativeAddress: string;
  winstonCredits: string;
  dataItemId: string;
}

type Empty = Record<string, never>;

/** What each job is given. */
export interface Messages {
  "new-data-item": NewDataItem;
  "plan-bundle": Plan;
  "prepare-bundle": Plan;
  "post-bundle": Plan;
  "seed-bundle": Plan;
  "broadcast-chunks": ChunkHeader;
  "verify-bundle": Plan;
  "optical-post": OpticalHeader;
  "put-offsets": { offsets: Offset[] };
  "unbundle-bdi": { id: string; ownerAddress: string; nestedItems: number; uploadedAt: number };
  "finalize-upload": { uploadId: string; token: string };
  "cleanup-fs": Empty;
  "redrive-posted": Empty;
  "refund-balance": Refund;
  "archive-copy": { key: string };
  "ensure-partitions": Empty;
}
