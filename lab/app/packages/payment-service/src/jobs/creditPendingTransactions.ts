import type { Run } from "../../../common/effects";
import { log, reason } from "../../../common/log";
import type { Pools } from "../../../common/pools";
import { AlreadyDone } from "../database/faults";
import { creditPending, pendingIds } from "../database/pendingTransactions";

/** There is no chain here: every pending payment counts as confirmed, at this height. */
const blockHeight = 1;

/** Credits every pending payment. One that fails waits for the next run, which is a minute away. */
export async function creditPendingTransactions({ writer, reader }: Pools, run: Run): Promise<void> {
  for (const transactionId of await pendingIds(reader)) {
    try {
      await creditPending(writer, transactionId, blockHeight, run);
    } catch (fault) {
      if (!(fault instanceof AlreadyDone)) log("error", "pending transaction not credited", { transactionId, error: reason(fault) });
    }
  }
}
