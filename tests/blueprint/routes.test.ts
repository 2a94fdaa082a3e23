import assert from "node:assert/strict";
import { routes, serviceFor } from "../../blueprint/routes";
import type { Service } from "../../blueprint/types";

/** Paths of the application's own routers, and who serves them. */
const expected: Record<Service, string[]> = {
  payment: [
    "/v1/price/1024",
    "/v1/price/usd/1000",
    "/v1/arns/price/buy-record/example",
    "/v1/arns/purchase/0x1",
    "/v1/arns/quote",
    "/v1/top-up/checkout-session/addr/usd/1000",
    "/v1/redeem",
    "/v1/stripe-webhook",
    "/v1/balance",
    "/v1/currencies",
    "/v1/countries",
    "/v1/rates",
    "/v1/rates/usd",
    "/v1/account/balance",
    "/v1/account/balance/arweave",
    "/v1/account/approvals",
    "/v1/account/approvals/get",
    "/v1/x402/price/3/addr",
    "/v1/x402/payment/3/addr",
    "/v1/x402/top-up",
    "/account/balance/arweave",
    "/account/approval",
    "/price/arweave/1024",
  ],
  upload: [
    "/",
    "/v1",
    "/info",
    "/v1/info",
    "/health",
    "/openapi.json",
    "/api-docs",
    "/tx",
    "/tx/arweave",
    "/v1/tx",
    "/v1/tx/solana",
    "/v1/tx/abc/status",
    "/v1/tx/abc/offsets",
    "/chunks/arweave/-1/-1",
    "/v1/chunks/arweave/id/0",
    "/v1/chunks/arweave/id/finalize",
    "/v1/x402/upload/signed",
    "/v1/x402/upload/unsigned",
    "/v1/x402/data-item/signed",
    "/x402/upload/signed",
    "/x402/data-item/signed",
    "/v1/price/x402/data-item/usdc/1024",
    "/v1/price/x402/data/usdc/1024",
    "/price/x402/data-item/usdc/1024",
  ],
  deny: [
    "/metrics",
    "/metrics/",
    "/bundler_metrics",
    "/v1/reserve-balance/arweave/addr",
    "/v1/refund-balance/arweave/addr",
    "/v1/check-balance/arweave/addr",
    "/v1/account/approvals/create",
    "/v1/account/approvals/revoke",
    "/v1/account/approvals/Create/",
    "/V1/Account/Approvals/Revoke",
    "/v1/x402/finalize",
    "/V1/RESERVE-BALANCE/arweave/addr",
  ],
};

describe("the route table", () => {
  for (const service of ["payment", "upload", "deny"] as const)
    for (const path of expected[service])
      it(`${path} → ${service}`, () => {
        assert.equal(serviceFor(path), service);
      });

  it("ends with a default, and every row before it can be reached", () => {
    assert.deepEqual(routes.at(-1), { path: "/", match: "prefix", service: "upload" });
    routes.forEach((row, position) => {
      const hidden = routes.slice(0, position).find((earlier) => earlier.match === "prefix" && row.path.startsWith(earlier.path));
      assert.equal(hidden, undefined, `${row.path} is hidden by ${hidden?.path ?? ""}`);
    });
  });

  it("is written in lower case, as it is compared", () => {
    assert.ok(routes.every((row) => row.path === row.path.toLowerCase()));
  });
});
