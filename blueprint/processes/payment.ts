import type { Settings } from "../../config/settings";
import { ports } from "../ports";
import type { Process } from "../types";
import { addresses, apiDrainSeconds, base, database, databasePassword, external, generated, optionalExternal, paymentQueues } from "./common";

const directory = "packages/payment-service";

/** Balances, prices and payments. It needs no cache Redis. */
export function paymentService(settings: Settings): Process {
  return {
    name: "payment-service",
    directory,
    entry: "lib/index.js",
    port: ports.paymentService,
    // Served on its own port, which the route table denies to the public.
    metricsPort: null,
    role: "api",
    placement: "everyHost",
    instances: 1,
    environment: {
      ...base(settings),
      ...database(),
      ...paymentQueues(),
      ...addresses(settings),
      PAYMENT_SERVICE_PORT: String(ports.paymentService),
      BIND_ADDRESS: "0.0.0.0",
      // Longer than the edge's server timeout, as a proxy's idle connection must not be closed under a request.
      PAYMENT_KEEPALIVE_TIMEOUT_MS: "310000",
      SHUTDOWN_DRAIN_MS: String(apiDrainSeconds * 1000),
    },
    secretEnvironment: {
      DB_PASSWORD: databasePassword,
      PRIVATE_ROUTE_SECRET: generated("PRIVATE_ROUTE_SECRET"),
      JWT_SECRET: generated("JWT_SECRET"),
      // The service does not start without it, whether Stripe is used or not (app-contract §1.2).
      STRIPE_SECRET_KEY: external("STRIPE_SECRET_KEY"),
      ...optionalExternal([
        "STRIPE_WEBHOOK_SECRET",
        "CDP_API_KEY_ID",
        "CDP_API_KEY_SECRET",
        "ARIO_SOLANA_SIGNER_SECRET_KEY",
        "MANDRILL_API_KEY",
        "COINGECKO_API_KEY",
        "SLACK_OAUTH_TOKEN",
        "HONEYCOMB_API_KEY",
      ]),
    },
    secretFiles: [],
    stopSeconds: apiDrainSeconds + 10,
  };
}

/** Credits crypto top-ups. Exactly one runs in the platform: an admin credit that is retried would be paid twice (app-contract §1.5). */
export function paymentWorkers(settings: Settings): Process {
  return {
    name: "payment-workers",
    directory,
    entry: "lib/workers/index.js",
    port: null,
    metricsPort: null,
    role: "worker",
    placement: "singleton",
    instances: 1,
    environment: { ...base(settings), ...database(), ...paymentQueues(), ...addresses(settings) },
    secretEnvironment: {
      DB_PASSWORD: databasePassword,
      PRIVATE_ROUTE_SECRET: generated("PRIVATE_ROUTE_SECRET"),
      ...optionalExternal(["ARIO_SOLANA_SIGNER_SECRET_KEY", "MANDRILL_API_KEY", "COINGECKO_API_KEY", "SLACK_OAUTH_TOKEN", "HONEYCOMB_API_KEY"]),
    },
    secretFiles: [],
    // The application's own kill_timeout.
    stopSeconds: 30,
  };
}
