import { bearer, isValidToken } from "../../../common/token";
import { balanceOf } from "../database/balances";
import { Unauthorized, UserNotFound } from "../database/faults";
import { refund, reserve } from "../database/reservations";
import { answering, type Context } from "./answer";
import { byteCount, part, query, winc } from "./parameters";
import type { RouteState } from "./state";

function authorize(context: Context, { secret }: RouteState): void {
  const token = bearer(context.get("Authorization"));
  if (token === undefined || !isValidToken(token, secret)) throw new Unauthorized("a service's token is needed");
}

/** `GET /v1/check-balance/:token/:address?byteCount=` */
export const checkBalance = (state: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    authorize(context, state);
    const price = await state.pricing.priceOf(byteCount(query(context, "byteCount")));
    const held = await balanceOf(state.reader, part(context, "address")).catch((fault: unknown) => {
      if (fault instanceof UserNotFound) return 0n;
      throw fault;
    });
    context.body = { userHasSufficientBalance: held >= price, bytesCostInWinc: String(price), userBalanceInWinc: String(held), adjustments: [] };
  });

/** `GET /v1/reserve-balance/:token/:address?byteCount=&dataItemId=` answers with the price. */
export const reserveBalance = (state: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    authorize(context, state);
    const price = await state.pricing.priceOf(byteCount(query(context, "byteCount")));
    await reserve(state.writer, { address: part(context, "address"), dataItemId: query(context, "dataItemId"), winc: price });
    context.body = String(price);
  });

/** `GET /v1/refund-balance/:token/:address?winstonCredits=&dataItemId=` */
export const refundBalance = (state: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    authorize(context, state);
    await refund(state.writer, { address: part(context, "address"), dataItemId: query(context, "dataItemId"), winc: winc(query(context, "winstonCredits")) });
    context.body = "Balance refunded";
  });
