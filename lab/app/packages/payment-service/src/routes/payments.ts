import { readJson } from "../../../common/body";
import { creditPayment } from "../database/receipts";
import { settleX402 } from "../database/x402Payments";
import { metrics } from "../metrics";
import { answering } from "./answer";
import { part, text, winc } from "./parameters";
import type { RouteState } from "./state";

/** `POST /v1/stripe-webhook` credits a balance; `receiptId` is the sender's, so that it may tell of a payment more than once. */
export const stripeWebhook = ({ writer }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    const body = await readJson(context.req);
    const payment = { receiptId: text(body, "receiptId"), address: text(body, "address"), winc: winc(body["winc"]) };
    const credited = await creditPayment(writer, payment);
    metrics.paymentIntentSucceeded.inc();
    if (credited) metrics.topUps.inc();
    context.body = { receiptId: payment.receiptId, credited };
  });

/** `POST /v1/x402/payment/:signatureType/:address` with the hash of a settled transaction. */
export const x402Payment = ({ writer }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    const body = await readJson(context.req);
    const txHash = text(body, "txHash");
    context.body = { success: true, paymentId: await settleX402(writer, txHash, part(context, "address"), winc(body["winc"])), txHash };
  });
