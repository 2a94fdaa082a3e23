import { requireEnvironment, value, type Requirement } from "../../common/environment";

const solana = ["ARIO_ADDRESS", "SOLANA_ADDRESS"] as const;
const base58 = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;

/** What payment-workers does not start without; the API needs it too. Throws when it is missing or malformed. */
export function requireWorkers(environment: NodeJS.ProcessEnv = process.env): void {
  requireEnvironment("payment-workers", common(environment), environment);
  checkSolana(environment);
}

/** What payment-service does not start without. */
export function requireApi(environment: NodeJS.ProcessEnv = process.env): void {
  const gifting = environment["GIFTING_ENABLED"] === "true" ? ["MANDRILL_API_KEY"] : [];
  requireEnvironment("payment-service", ["STRIPE_SECRET_KEY", "PRIVATE_ROUTE_SECRET", ...common(environment), ...gifting], environment);
  checkSolana(environment);
}

function common(environment: NodeJS.ProcessEnv): Requirement[] {
  return [...(environment["X402_ENABLED"] === "false" ? [] : [["X402_PAYMENT_ADDRESS", "X402_WALLET_ADDRESS"]]), solana];
}

function checkSolana(environment: NodeJS.ProcessEnv): void {
  const given = value(solana[0], environment) ?? value(solana[1], environment) ?? "";
  if (!base58.test(given)) throw new Error(`${solana.join(" or ")}: given ${given}, needed a Solana address in base58`);
}
