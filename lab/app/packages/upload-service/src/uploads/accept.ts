import { log, reason } from "../../../common/log";
import type { NewDataItem, OpticalHeader, Refund } from "../arch/messages";
import type { Receipt, SignedReceipt } from "../arch/wallet";
import { dataItemId } from "./id";

/** An upload as it came in. */
export interface Upload {
  bytes: Buffer;
  /** Payer. */
  address: string;
  /** How many data items the bytes hold: more than none for a nested bundle. */
  nestedItems: number;
}

/** What a client is told. */
export interface Answer {
  status: number;
  body: unknown;
}

export interface BalanceCheck {
  sufficient: boolean;
}

/** The price in Winston credits, or why nothing was reserved. */
export type ReserveResult = { reserved: true; winc: bigint } | { reserved: false };

/** Everything outside the process that an upload needs, in the order in which it is needed. */
export interface UploadPorts {
  isInFlight: (id: string) => Promise<boolean>;
  /** Whether the database has the item already. */
  isKnown: (id: string) => Promise<boolean>;
  /** False when another request is taking the same bytes in. */
  markInFlight: (id: string) => Promise<boolean>;
  unmark: (id: string) => Promise<void>;
  checkBalance: (address: string, byteCount: number) => Promise<BalanceCheck>;
  /** What a client has to pay that has no balance. */
  priceQuote: (address: string, byteCount: number) => Promise<unknown>;
  store: (id: string, bytes: Buffer) => Promise<void>;
  quarantine: (id: string) => Promise<void>;
  reserve: (address: string, byteCount: number, id: string) => Promise<ReserveResult>;
  /** Never throws: what fails is left to a durable queue. */
  refund: (refund: Refund) => Promise<void>;
  enqueueOptical: (header: OpticalHeader) => Promise<void>;
  enqueueUnbundle: (message: { id: string; ownerAddress: string; nestedItems: number; uploadedAt: number }) => Promise<void>;
  isStored: (id: string) => Promise<boolean>;
  /** The height until which the upload is promised to be on chain. */
  deadlineHeight: () => Promise<number>;
  sign: (receipt: Receipt) => SignedReceipt;
  enqueueNewDataItem: (item: NewDataItem) => Promise<void>;
}

/** A step that failed: the answer that it gives. */
class Refused extends Error {
  constructor(readonly answer: Answer) {
    super();
  }
}

const refuse = (status: number, error: string): Refused => new Refused({ status, body: { error } });
const unavailable = (id: string, what: string): Refused => refuse(503, `Data Item: ${id}. Upload Service is Unavailable. ${what}`);
const duplicate: Answer = { status: 202, body: { error: "Data item was uploaded before" } };

/**
 * Takes an upload in as the application does: dedupe, balance, bytes, reservation, receipt, queue. The receipt is signed
 * before the upload is in the queue, and the client has its answer before anything of it is in the database.
 */
export async function acceptUpload(ports: UploadPorts, upload: Upload, receiptVersion: string): Promise<Answer> {
  const id = dataItemId(upload.bytes);
  if ((await ports.isInFlight(id)) || (await isKnown(ports, id)) || !(await ports.markInFlight(id))) return duplicate;
  try {
    return await takeIn(ports, upload, id, receiptVersion);
  } catch (fault) {
    if (fault instanceof Refused) return fault.answer;
    throw fault;
  } finally {
    await ports.unmark(id);
  }
}

/** A database that is away does not stop an upload: the primary key on insert is the real guard. */
async function isKnown(ports: UploadPorts, id: string): Promise<boolean> {
  try {
    return await ports.isKnown(id);
  } catch (fault) {
    log("warn", "duplicate check failed, going on", { dataItemId: id, error: reason(fault) });
    return false;
  }
}

async function takeIn(ports: UploadPorts, { bytes, address, nestedItems }: Upload, id: string, version: string): Promise<Answer> {
  const balance = await orRefuse(ports.checkBalance(address, bytes.length), () => unavailable(id, "Payment Service is unreachable"));
  if (!balance.sufficient) {
    const quote = await orRefuse(ports.priceQuote(address, bytes.length), () => refuse(503, "Failed to generate payment requirements"));
    return { status: 402, body: quote };
  }
  await orRefuse(ports.store(id, bytes), () => unavailable(id, "Object Store is unreachable"));
  const reservation = await orRefuse(ports.reserve(address, bytes.length, id), () => unavailable(id, "Payment Service is unreachable"));
  if (!reservation.reserved) throw refuse(402, "Insufficient balance");
  const timestamp = Date.now();
  await enqueueSide(ports, id, { address, byteCount: bytes.length, nestedItems, timestamp });
  const winc = String(reservation.winc);
  const giveBack = async (): Promise<void> => {
    if (reservation.winc > 0n) await ports.refund({ nativeAddress: address, winstonCredits: winc, dataItemId: id });
    await ports.quarantine(id);
  };
  const receipt = await orRefuse(signReceipt(ports, { id, timestamp, winc, version }), () => unavailable(id, "Unable to sign receipt"), giveBack);
  const item: NewDataItem = {
    dataItemId: id,
    ownerPublicAddress: address,
    assessedWinstonPrice: winc,
    byteCount: bytes.length,
    uploadedDate: new Date(timestamp).toISOString(),
    deadlineHeight: receipt.deadlineHeight,
    failedBundles: [],
  };
  await orRefuse(ports.enqueueNewDataItem(item), () => unavailable(id, "The upload could not be queued"), giveBack);
  return { status: 200, body: { ...receipt, owner: address } };
}

/** What the gateway is told at once. A failure is only logged; a queue that is away makes the upload wait. */
async function enqueueSide(
  ports: UploadPorts,
  id: string,
  { address, byteCount, nestedItems, timestamp }: { address: string; byteCount: number; nestedItems: number; timestamp: number },
): Promise<void> {
  try {
    await ports.enqueueOptical({ id, ownerAddress: address, dataSize: byteCount, uploadedAt: timestamp });
    if (nestedItems > 0) await ports.enqueueUnbundle({ id, ownerAddress: address, nestedItems, uploadedAt: timestamp });
  } catch (fault) {
    log("error", "optical bridging not queued", { dataItemId: id, error: reason(fault) });
  }
}

async function signReceipt(ports: UploadPorts, receipt: Omit<Receipt, "deadlineHeight">): Promise<SignedReceipt> {
  if (!(await ports.isStored(receipt.id))) throw new Error("data item not found in any store");
  return ports.sign({ ...receipt, deadlineHeight: await ports.deadlineHeight() });
}

/** A step's result, or the refusal that its failure means, after what has to be undone. */
async function orRefuse<T>(step: Promise<T>, refusal: () => Refused, undo: () => Promise<void> = () => Promise.resolve()): Promise<T> {
  try {
    return await step;
  } catch (fault) {
    const refused = refusal();
    log("error", "upload refused", { error: reason(fault), answer: refused.answer });
    await undo();
    throw refused;
  }
}
