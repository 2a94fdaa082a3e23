import { readFileSync } from "node:fs";
import { integer, value } from "../../common/environment";

export { jobLabels } from "./arch/queues/labels";

const megabyte = 1_000_000;
const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

export const maxDataItemBytes = integer("MAX_DATA_ITEM_SIZE", 4 * gibibyte);
export const maxBundleBytes = integer("MAX_BUNDLE_SIZE", 2 * gibibyte);
export const maxDataItemsPerBundle = integer("MAX_DATA_ITEM_LIMIT", 10_000);
/** An item that waits longer is bundled also when its bundle is not full. */
export const overdueMilliseconds = integer("OVERDUE_DATA_ITEM_THRESHOLD_MS", 5 * 60_000);
/** Rows that one transaction moves at most. */
export const batchingSize = 100;
export const deadlineHeightIncrement = 200;
export const receiptVersion = "0.2.0";
/** Confirmations after which a bundle is permanent. */
export const permanentConfirmations = 18;
/** A data item that failed in so many bundles is given up. */
export const failedBundlesLimit = 10;
export const verifyDelayMilliseconds = 5 * 60_000;
export const postedStaleMilliseconds = integer("POSTED_STALE_THRESHOLD_MS", 30 * 60_000);
export const maxSeedRedrives = integer("MAX_SEED_REDRIVES", 5);
export const chunk = { minBytes: 5 * mebibyte, maxBytes: 500 * mebibyte, defaultBytes: 25 * megabyte };

/** JSON Web Key of the posting wallet, read once when the process starts; undefined without TURBO_JWK_FILE. */
export const walletText: string | undefined = readKey("TURBO_JWK_FILE");

function readKey(variable: string): string | undefined {
  const path = value(variable);
  return path === undefined ? undefined : readFileSync(path, "utf8");
}

const defaultGateway = "https://arweave.net:443";
export const gatewayUrl = new URL(value("ARWEAVE_GATEWAY") ?? defaultGateway);
/** Where chunks are broadcast to: one of these, whichever takes it. */
export const chunkNodeUrls = (value("AR_IO_NODE_URLS") ?? value("ARWEAVE_UPLOAD_NODE") ?? defaultGateway).split(",").map((url) => new URL(url));
