import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../common/effects";
import { credit } from "./balances";

/** A payment that was made outside: its receipt is the caller's, so that telling of it twice credits once. */
export interface Payment {
  receiptId: string;
  address: string;
  winc: bigint;
}

/** Credits a payment; false when its receipt is known already. */
export async function creditPayment(writer: Knex, { receiptId, address, winc }: Payment): Promise<boolean> {
  return writer.transaction(async (transaction) => {
    const inserted: unknown[] = await transaction("payment_receipt")
      .insert({ payment_receipt_id: receiptId, destination_address: address, winston_credit_amount: String(winc), payment_provider: "stripe" })
      .onConflict("payment_receipt_id")
      .ignore()
      .returning("payment_receipt_id");
    if (inserted.length === 0) return false;
    await credit(transaction, { address, winc, reason: "payment", changeId: receiptId });
    return true;
  });
}

/** An operator's gift to many wallets. Its receipts are made here, so a second run of the job pays a second time. */
export async function creditByOperator(writer: Knex, addresses: readonly string[], winc: bigint, run: Run): Promise<void> {
  await writer.transaction(async (transaction) => {
    for (const address of addresses) {
      const receiptId = randomUUID();
      await transaction("payment_receipt").insert({
        payment_receipt_id: receiptId,
        destination_address: address,
        winston_credit_amount: String(winc),
        payment_provider: "admin",
      });
      await credit(transaction, { address, winc, reason: "bypassed_payment", changeId: receiptId });
      await recordEffect(transaction, run, address);
    }
  });
}
