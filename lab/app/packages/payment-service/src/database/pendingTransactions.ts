import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../common/effects";
import { credit } from "./balances";
import { AlreadyDone } from "./faults";

interface PendingRow {
  transaction_id: string;
  token_type: string;
  destination_address: string;
  winston_credit_amount: string;
  created_date: Date;
}

/** A payment on a chain that is not confirmed yet. */
export interface PendingTransaction {
  transactionId: string;
  token: string;
  address: string;
  winc: bigint;
}

/** Where a payment on a chain stands; undefined when it was never told of. */
export async function stateOf(reader: Knex, transactionId: string): Promise<"pending" | "credited" | undefined> {
  const [pending, credited] = await Promise.all(
    ["pending_payment_transaction", "credited_payment_transaction"].map((table) => reader<PendingRow>(table).where({ transaction_id: transactionId }).first()),
  );
  if (credited !== undefined) return "credited";
  return pending === undefined ? undefined : "pending";
}

export async function addPending(writer: Knex, { transactionId, token, address, winc }: PendingTransaction): Promise<void> {
  await writer("pending_payment_transaction").insert({
    transaction_id: transactionId,
    token_type: token,
    destination_address: address,
    winston_credit_amount: String(winc),
  });
}

export async function pendingIds(reader: Knex): Promise<string[]> {
  const rows = await reader<PendingRow>("pending_payment_transaction").select("transaction_id");
  return rows.map((row) => row.transaction_id);
}

/** Credits a pending payment in one transaction; whoever comes second finds nothing. Throws `AlreadyDone`. */
export async function creditPending(writer: Knex, transactionId: string, blockHeight: number, run: Run): Promise<void> {
  await writer.transaction(async (transaction) => {
    const [row] = await transaction<PendingRow>("pending_payment_transaction").where({ transaction_id: transactionId }).del().returning("*");
    if (row === undefined) throw new AlreadyDone(transactionId);
    await transaction("credited_payment_transaction").insert({ ...row, block_height: blockHeight });
    const change = { address: row.destination_address, winc: BigInt(row.winston_credit_amount), reason: "crypto_payment", changeId: transactionId };
    await credit(transaction, change);
    await recordEffect(transaction, run, transactionId);
  });
}
