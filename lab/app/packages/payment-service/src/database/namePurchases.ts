import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../common/effects";
import { credit, debit } from "./balances";
import { AlreadyDone } from "./faults";

interface PurchaseRow {
  nonce: string;
  name: string;
  owner: string;
  winc: string;
  message_id: string | null;
  created_date: Date;
}

/** A name that is paid for before it is bought on chain; the nonce is its identity. */
export interface Purchase {
  nonce: string;
  name: string;
  owner: string;
  winc: bigint;
}

/** Takes the price. Throws `UserNotFound` or `InsufficientBalance`, or PostgreSQL's unique violation for a known nonce. */
export async function payForName(writer: Knex, { nonce, name, owner, winc }: Purchase): Promise<void> {
  await writer.transaction(async (transaction) => {
    await debit(transaction, { address: owner, winc, reason: "arns_purchase_order", changeId: nonce });
    await transaction("arns_purchase_receipt").insert({ nonce, name, owner, winc: String(winc) });
  });
}

/** The name was bought on chain: from here on its price is never given back. */
export async function markBought(writer: Knex, nonce: string, messageId: string): Promise<void> {
  await writer("arns_purchase_receipt").where({ nonce }).update({ message_id: messageId });
}

/** Gives the price back, unless the name was bought or the price was given back before. Throws `AlreadyDone`. */
export async function refundName(writer: Knex, nonce: string, why: string, run?: Run): Promise<void> {
  await writer.transaction(async (transaction) => {
    const [row] = await transaction<PurchaseRow>("arns_purchase_receipt").where({ nonce }).whereNull("message_id").del().returning("*");
    if (row === undefined) throw new AlreadyDone(nonce);
    await transaction("failed_arns_purchase").insert({ nonce, name: row.name, owner: row.owner, winc: row.winc, failed_reason: why });
    await credit(transaction, { address: row.owner, winc: BigInt(row.winc), reason: "arns_purchase_order_failed", changeId: nonce });
    if (run !== undefined) await recordEffect(transaction, run, nonce);
  });
}

/** Nonces that were paid longer ago than this and never bought. */
export async function orphanedNonces(reader: Knex, olderThanMilliseconds: number): Promise<string[]> {
  const rows = await reader<PurchaseRow>("arns_purchase_receipt")
    .whereNull("message_id")
    .whereRaw("created_date < now() - (? * interval '1 millisecond')", [olderThanMilliseconds])
    .select("nonce");
  return rows.map((row) => row.nonce);
}
