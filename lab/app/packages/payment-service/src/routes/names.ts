import { readJson } from "../../../common/body";
import { log, reason } from "../../../common/log";
import { AlreadyDone, BadRequest } from "../database/faults";
import { markBought, payForName, refundName } from "../database/namePurchases";
import { enqueueArnsRefund } from "../queues/producers";
import { consumeNonce } from "../utils/nonceStore";
import { answering } from "./answer";
import { part, text, winc } from "./parameters";
import type { RouteState } from "./state";

/**
 * `POST /v1/arns/purchase/:intent/:name`: uses the nonce up, takes the price, buys. There is no chain here: `"fails": true`
 * in the body is a purchase that fails on it, and is refunded, at once or by the durable queue.
 */
export const purchaseName = ({ writer }: RouteState): ReturnType<typeof answering> =>
  answering(async (context) => {
    const body = await readJson(context.req);
    const purchase = { nonce: text(body, "nonce"), owner: text(body, "address"), name: part(context, "name"), winc: winc(body["winc"]) };
    if (!(await consumeNonce(purchase.nonce))) throw new BadRequest("nonce: used before");
    await payForName(writer, purchase);
    if (body["fails"] === true) {
      await refundDurably({ writer }, purchase.nonce);
      context.body = { nonce: purchase.nonce, bought: false };
      return;
    }
    await markBought(writer, purchase.nonce, `message-${purchase.nonce}`);
    context.body = { nonce: purchase.nonce, bought: true };
  });

async function refundDurably({ writer }: Pick<RouteState, "writer">, nonce: string): Promise<void> {
  try {
    await refundName(writer, nonce, "PURCHASE_FAILED");
  } catch (fault) {
    if (fault instanceof AlreadyDone) return;
    log("error", "refund failed, left to the queue", { nonce, error: reason(fault) });
    await enqueueArnsRefund({ nonce, reason: "PURCHASE_FAILED" });
  }
}
