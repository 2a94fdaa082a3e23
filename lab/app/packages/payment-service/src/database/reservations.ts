import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { errorCode, uniqueViolation } from "../../../common/pools";
import { credit, debit } from "./balances";

interface ReservationRow {
  reservation_id: string;
  data_item_id: string;
  is_refunded: boolean;
}

/** What an upload costs its payer. */
export interface Reservation {
  address: string;
  dataItemId: string;
  winc: bigint;
}

/**
 * Pays for a data item out of a balance. A second call for the same item while the first is not refunded does nothing: seen
 * at once, or by the partial unique index when the two run side by side. Throws `UserNotFound` or `InsufficientBalance`.
 */
export async function reserve(writer: Knex, { address, dataItemId, winc }: Reservation): Promise<void> {
  try {
    await writer.transaction(async (transaction) => {
      const active = await transaction<ReservationRow>("balance_reservation").where({ data_item_id: dataItemId, is_refunded: false }).first();
      if (active !== undefined) return;
      await debit(transaction, { address, winc, reason: "upload", changeId: dataItemId });
      await transaction("balance_reservation").insert({
        reservation_id: randomUUID(),
        user_address: address,
        data_item_id: dataItemId,
        reserved_winc_amount: String(winc),
        network_winc_amount: String(winc),
      });
    });
  } catch (fault) {
    if (errorCode(fault) !== uniqueViolation) throw fault;
  }
}

/**
 * Gives the price of a data item back and frees the item for another reservation. As in the application, a refund without
 * an active reservation is paid too.
 */
export async function refund(writer: Knex, { address, dataItemId, winc }: Reservation): Promise<void> {
  await writer.transaction(async (transaction) => {
    const active = await transaction<ReservationRow>("balance_reservation").where({ data_item_id: dataItemId, is_refunded: false }).first();
    await credit(transaction, { address, winc, reason: "refunded_upload", changeId: dataItemId });
    if (active !== undefined) await transaction("balance_reservation").where({ reservation_id: active.reservation_id }).update({ is_refunded: true });
  });
}
