import type { Route, Service } from "./types";

function to(service: Service, match: Route["match"], paths: readonly string[]): Route[] {
  return paths.map((path) => ({ path, match, service }));
}

/**
 * The one table of public routes, after app-contract §2.3 and audit A01; the first match wins.
 *
 * `prefix` is a plain prefix of the path, letters of either case alike: the application's router ignores case and a
 * trailing slash, so what is denied must be denied in every spelling. The default is upload.
 */
export const routes: readonly Route[] = [
  // Metrics are unauthenticated; the others are calls between the services.
  ...to("deny", "prefix", [
    "/metrics",
    "/bundler_metrics",
    "/v1/reserve-balance",
    "/v1/refund-balance",
    "/v1/check-balance",
    "/v1/account/approvals/create",
    "/v1/account/approvals/revoke",
    "/v1/x402/finalize",
  ]),
  // Below /v1/x402 and /v1/price, but served by upload: paid uploads are lost if these go to payment.
  ...to("upload", "prefix", ["/v1/price/x402/", "/price/x402/", "/v1/x402/upload/", "/v1/x402/data-item/"]),
  ...to("payment", "prefix", [
    "/v1/price/",
    "/v1/balance",
    "/v1/account/",
    "/v1/rates",
    "/v1/currencies",
    "/v1/countries",
    "/v1/redeem",
    "/v1/x402/",
    "/v1/arns/",
    "/v1/stripe-webhook",
    "/v1/top-up/",
    "/account/",
    "/price/",
  ]),
  ...to("upload", "prefix", ["/"]),
];

/** Which service answers a path: what every rendering of the table must do. */
export function serviceFor(path: string, table: readonly Route[] = routes): Service {
  const given = path.toLowerCase();
  const row = table.find((route) => (route.match === "exact" ? given === route.path : given.startsWith(route.path)));
  return row?.service ?? "deny";
}
