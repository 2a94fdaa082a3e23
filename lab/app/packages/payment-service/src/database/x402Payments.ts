import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { errorCode, uniqueViolation } from "../../../common/pools";
import { credit } from "./balances";

interface X402Row {
  id: string;
  tx_hash: string;
}

/** A payment that a facilitator has settled; a transaction hash is credited once. Gives the payment's id. */
export async function settleX402(writer: Knex, txHash: string, address: string, winc: bigint): Promise<string> {
  const id = randomUUID();
  try {
    await writer.transaction(async (transaction) => {
      await transaction("x402_payment_transaction").insert({ id, tx_hash: txHash, user_address: address, winc: String(winc), status: "confirmed" });
      await credit(transaction, { address, winc, reason: "x402_payment", changeId: txHash });
    });
    return id;
  } catch (fault) {
    if (errorCode(fault) !== uniqueViolation) throw fault;
    const known = await writer<X402Row>("x402_payment_transaction").where({ tx_hash: txHash }).first();
    if (known === undefined) throw fault;
    return known.id;
  }
}
