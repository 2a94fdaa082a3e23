import { setTimeout as sleep } from "node:timers/promises";
import axios, { type AxiosResponse } from "axios";
import { log, reason } from "../../../common/log";
import { chunkNodeUrls, gatewayUrl } from "../constants";

/** What the gateway knows of a transaction. */
export type TransactionStatus = { status: "not found" | "pending" } | { status: "found"; confirmations: number; blockHeight: number };

/** A bundle's transaction: what is posted, its bytes follow as chunks. */
export interface BundleTransaction {
  id: string;
  planId: string;
  dataRoot: string;
  dataSize: number;
  /** Height at which it was made: it is dropped when it is not on chain a while later. */
  anchorHeight: number;
}

const firstRetryMilliseconds = 500;
const retries = 5;
const heightCacheMilliseconds = 60_000;
const client = axios.create();
let knownHeight: { height: number; until: number } | undefined;

/** Posts a bundle's transaction. Throws after five retries, also when the gateway has it already and says so by another code. */
export async function postTransaction(transaction: BundleTransaction): Promise<void> {
  await withRetries(() => client.post(`${gatewayUrl.href}tx`, transaction), [200]);
}

export async function transactionStatus(id: string): Promise<TransactionStatus> {
  const { status, data } = await withRetries(() => client.get<unknown>(`${gatewayUrl.href}tx/${id}/status`, { validateStatus: () => true }), [200, 202, 404]);
  if (status === 202 || data === "Pending") return { status: "pending" };
  const known = data as { number_of_confirmations?: number; block_height?: number } | null;
  if (status === 404 || known?.number_of_confirmations === undefined) return { status: "not found" };
  return { status: "found", confirmations: known.number_of_confirmations, blockHeight: known.block_height ?? 0 };
}

/** The chain's height, at most a minute old. */
export async function blockHeight(): Promise<number> {
  if (knownHeight === undefined || knownHeight.until < Date.now()) {
    const { data } = await withRetries(() => client.get<{ height: number }>(`${gatewayUrl.href}block/current`), [200]);
    knownHeight = { height: data.height, until: Date.now() + heightCacheMilliseconds };
  }
  return knownHeight.height;
}

/** Gives a chunk to one of the nodes; the next one is asked when one fails. Throws when all do. */
export async function postChunk(chunk: { dataRoot: string; dataSize: number; offset: number; chunk: string }): Promise<void> {
  const body = { data_root: chunk.dataRoot, data_size: String(chunk.dataSize), offset: String(chunk.offset), chunk: chunk.chunk };
  let last: unknown = new Error("no node");
  for (const url of [...chunkNodeUrls].sort(() => Math.random() - 0.5)) {
    try {
      await client.post(`${url.href}chunk`, body, { timeout: 60_000 });
      return;
    } catch (fault) {
      last = fault;
      log("warn", "chunk not taken", { node: url.host, error: reason(fault) });
    }
  }
  throw last;
}

async function withRetries<T>(request: () => Promise<AxiosResponse<T>>, good: readonly number[]): Promise<AxiosResponse<T>> {
  let last = "";
  for (let attempt = 0; attempt <= retries; attempt++) {
    if (attempt > 0) await sleep(firstRetryMilliseconds * 2 ** (attempt - 1));
    try {
      const answer = await request();
      if (good.includes(answer.status)) return answer;
      last = `status ${String(answer.status)}`;
    } catch (fault) {
      last = reason(fault);
    }
  }
  throw new Error(`gateway ${gatewayUrl.host}: ${last}`);
}
