import type { Knex } from "knex";
import { InsufficientBalance, UserNotFound } from "./faults";

interface UserRow {
  user_address: string;
  winston_credit_balance: string;
}

/** A change of a balance and why, as the ledger keeps it. */
export interface Change {
  address: string;
  /** Winston credits, positive. */
  winc: bigint;
  reason: string;
  /** What caused it: a receipt, a data item, a transaction. */
  changeId: string;
}

/** The balance of a wallet in Winston credits. Throws `UserNotFound`. */
export async function balanceOf(knex: Knex, address: string): Promise<bigint> {
  const row = await knex<UserRow>("user").where({ user_address: address }).first();
  if (row === undefined) throw new UserNotFound(address);
  return BigInt(row.winston_credit_balance);
}

/** Adds to a balance, and makes the wallet when it is new, in one statement; then the ledger's row. To be run in a transaction. */
export async function credit(transaction: Knex, change: Change): Promise<void> {
  const rows: unknown[] = await transaction("user")
    .insert({ user_address: change.address, winston_credit_balance: String(change.winc) })
    .onConflict("user_address")
    .merge({
      winston_credit_balance: transaction.raw('("user".winston_credit_balance::numeric + EXCLUDED.winston_credit_balance::numeric)::text'),
    })
    .returning(transaction.raw("(xmax = 0) AS created"));
  const created = (rows[0] as { created: boolean }).created;
  await ledger(transaction, change.winc, created && change.reason === "payment" ? { ...change, reason: "account_creation" } : change);
}

/** Takes from a balance that is locked until the transaction ends. Throws `UserNotFound` or `InsufficientBalance`. */
export async function debit(transaction: Knex, change: Change): Promise<void> {
  const row = await transaction<UserRow>("user").where({ user_address: change.address }).forUpdate().first();
  if (row === undefined) throw new UserNotFound(change.address);
  const left = BigInt(row.winston_credit_balance) - change.winc;
  if (left < 0n) throw new InsufficientBalance(change.address);
  await transaction("user")
    .where({ user_address: change.address })
    .update({ winston_credit_balance: String(left) });
  await ledger(transaction, -change.winc, change);
}

async function ledger(transaction: Knex, amount: bigint, { address, reason, changeId }: Change): Promise<void> {
  await transaction("audit_log").insert({
    user_address: address,
    winston_credit_amount: String(amount),
    change_reason: reason,
    change_id: changeId,
  });
}
