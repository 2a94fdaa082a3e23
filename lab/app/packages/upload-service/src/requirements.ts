import { requireEnvironment, type Requirement } from "../../common/environment";

const shared: Requirement[] = ["PRIVATE_ROUTE_SECRET", "DATA_ITEM_BUCKET", "TURBO_JWK_FILE"];

/** What upload-workers does not start without. Throws when it is missing. */
export function requireWorkers(environment: NodeJS.ProcessEnv = process.env): void {
  requireEnvironment("upload-workers", shared, environment);
}

/** What upload-api does not start without. */
export function requireApi(environment: NodeJS.ProcessEnv = process.env): void {
  requireEnvironment("upload-api", [...shared, ["X402_PAYMENT_ADDRESS", "ETHEREUM_ADDRESS", "BASE_ETH_ADDRESS"]], environment);
}
