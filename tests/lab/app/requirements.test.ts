import assert from "node:assert/strict";
import { requireApi as requirePaymentApi, requireWorkers as requirePaymentWorkers } from "../../../lab/app/packages/payment-service/src/requirements";
import { requireApi as requireUploadApi, requireWorkers as requireUploadWorkers } from "../../../lab/app/packages/upload-service/src/requirements";
import type { ProcessName } from "../../../blueprint/types";
import { environmentOf, processes, run } from "./processes";

/** What each process does not start without (app-contract §1.2). */
const required: Partial<Record<ProcessName, { check: (environment: NodeJS.ProcessEnv) => void; names: string[] }>> = {
  "payment-service": { check: requirePaymentApi, names: ["STRIPE_SECRET_KEY", "PRIVATE_ROUTE_SECRET", "X402_PAYMENT_ADDRESS", "SOLANA_ADDRESS"] },
  "payment-workers": { check: requirePaymentWorkers, names: ["X402_PAYMENT_ADDRESS", "SOLANA_ADDRESS"] },
  "upload-api": { check: requireUploadApi, names: ["PRIVATE_ROUTE_SECRET", "X402_PAYMENT_ADDRESS", "DATA_ITEM_BUCKET", "TURBO_JWK_FILE"] },
  "upload-workers": { check: requireUploadWorkers, names: ["PRIVATE_ROUTE_SECRET", "DATA_ITEM_BUCKET", "TURBO_JWK_FILE"] },
};

describe("what the workload requires", function () {
  this.timeout(300_000);

  for (const process of processes) {
    const requirement = required[process.name];
    if (requirement === undefined) continue;

    it(`${process.name} has enough in what its host gives it, and less by any one variable is a refusal that names it`, () => {
      requirement.check(environmentOf(process));
      for (const name of requirement.names) {
        const less = Object.fromEntries(Object.entries(environmentOf(process)).filter(([other]) => other !== name));
        assert.throws(
          () => {
            requirement.check(less);
          },
          new RegExp(`\\b${name}\\b`),
        );
        assert.throws(
          () => {
            requirement.check({ ...environmentOf(process), [name]: "" });
          },
          new RegExp(`\\b${name}\\b`),
        );
      }
    });

    it(`${process.name} ends with an error when it is started without`, async () => {
      const { status, stderr } = await run(process, { without: requirement.names });
      assert.equal(status, 1);
      for (const name of requirement.names) assert.match(stderr, new RegExp(`not set: .*${name}`));
    });
  }

  it("another name of the payment address is enough, and so is no payment by x402", () => {
    const upload = { PRIVATE_ROUTE_SECRET: "s", DATA_ITEM_BUCKET: "b", TURBO_JWK_FILE: "w", BASE_ETH_ADDRESS: "0x1" };
    requireUploadApi(upload);
    requirePaymentWorkers({ X402_ENABLED: "false", ARIO_ADDRESS: "1".repeat(32) });
  });

  it("a Solana address that is none is refused", () => {
    assert.throws(() => {
      requirePaymentWorkers({ X402_PAYMENT_ADDRESS: "0x1", SOLANA_ADDRESS: "0x0OIl" });
    }, /base58/);
  });
});
