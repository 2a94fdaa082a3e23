import { readJson } from "../../../common/body";
import { errorCode, uniqueViolation } from "../../../common/pools";
import { balanceOf } from "../database/balances";
import { addPending, stateOf } from "../database/pendingTransactions";
import { answering } from "./answer";
import { part, query, text, winc } from "./parameters";
import type { RouteState } from "./state";

/** `GET /v1/account/balance[/:token]?address=` */
export const getBalance = ({ reader }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    const amount = String(await balanceOf(reader, query(context, "address")));
    context.body = { winc: amount, balance: amount, controlledWinc: amount, effectiveBalance: amount };
  });

/** `POST /v1/account/balance/:token` tells of a payment on a chain: 202 while it is pending, 200 when it was credited. */
export const postTransaction = ({ writer, reader }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    const body = await readJson(context.req);
    const transaction = { transactionId: text(body, "tx_id"), token: part(context, "token"), address: text(body, "address"), winc: winc(body["winc"]) };
    const state = await stateOf(reader, transaction.transactionId);
    if (state === undefined) {
      try {
        await addPending(writer, transaction);
      } catch (fault) {
        if (errorCode(fault) !== uniqueViolation) throw fault;
      }
    }
    context.status = state === "credited" ? 200 : 202;
    context.body = { message: state === "credited" ? "Transaction already credited" : "Transaction pending", transactionId: transaction.transactionId };
  });
