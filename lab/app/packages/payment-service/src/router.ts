import Router from "@koa/router";
import { register } from "./metrics";
import { getBalance, postTransaction } from "./routes/balance";
import { purchaseName } from "./routes/names";
import { stripeWebhook, x402Payment } from "./routes/payments";
import { price, rateOf, rates, x402Price } from "./routes/prices";
import { checkBalance, refundBalance, reserveBalance } from "./routes/reservations";
import type { RouteState } from "./routes/state";

/** Routes of the payment service. */
export function makeRouter(state: RouteState): Router {
  const router = new Router();
  router.get("/health", (context) => {
    context.body = "OK";
  });
  router.get(["/", "/v1", "/info", "/v1/info"], (context) => {
    context.body = { version: "reference-workload", addresses: { solana: process.env["SOLANA_ADDRESS"] } };
  });
  router.get("/metrics", async (context) => {
    context.type = register.contentType;
    context.body = await register.metrics();
  });
  router.get(["/v1/balance", "/v1/account/balance", "/v1/account/balance/:token"], getBalance(state));
  router.post(["/v1/account/balance/:token", "/account/balance/:token"], postTransaction(state));
  router.get("/v1/check-balance/:token/:address", checkBalance(state));
  router.get("/v1/reserve-balance/:token/:address", reserveBalance(state));
  router.get("/v1/refund-balance/:token/:address", refundBalance(state));
  router.post("/v1/stripe-webhook", stripeWebhook(state));
  router.post("/v1/x402/payment/:signatureType/:address", x402Payment(state));
  router.get("/v1/x402/price/:signatureType/:address", x402Price(state));
  router.get("/v1/price/:amount", price(state));
  router.get("/v1/rates", rates(state));
  router.get("/v1/rates/:currency", rateOf());
  router.post("/v1/arns/purchase/:intent/:name", purchaseName(state));
  return router;
}
