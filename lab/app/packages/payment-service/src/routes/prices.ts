import { answering } from "./answer";
import { byteCount, part, query } from "./parameters";
import type { RouteState } from "./state";

/** Fiat of one AR, the same for every currency. */
const rate = 10;

/** `GET /v1/price/:amount` in bytes. */
export const price = ({ pricing }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    context.body = { winc: String(await pricing.priceOf(byteCount(part(context, "amount")))), adjustments: [] };
  });

/** `GET /v1/rates` */
export const rates = ({ pricing }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    context.body = { winc: String(await pricing.priceOf(1024 ** 3)), fiat: { usd: rate }, adjustments: [] };
  });

/** `GET /v1/rates/:currency` */
export const rateOf = (): ReturnType<typeof answering> =>
  answering((context) => {
    context.body = { currency: part(context, "currency"), rate };
    return Promise.resolve();
  });

/** `GET /v1/x402/price/:signatureType/:address?bytes=`, what a client has to pay that has no balance. */
export const x402Price = ({ pricing }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    const amount = await pricing.priceOf(byteCount(query(context, "bytes")));
    context.body = { x402Version: 1, accepts: [{ scheme: "exact", network: "base", maxAmountRequired: String(amount) }] };
  });
