import type { PartName } from "./placement";

/** What clients come for: the guide's critical journeys, and what the application needs for each (app-contract §2, §4, §5). */
export const journeys = {
  x402Payment: { what: "x402 payment", needs: ["edge", "api", "database", "queues"] },
  upload: { what: "data item upload", needs: ["edge", "api", "database", "queues", "objects"] },
  balanceQuery: { what: "balance query", needs: ["edge", "api", "database"] },
  arnsPurchase: { what: "ArNS purchase", needs: ["edge", "api", "database", "queues"] },
  bundlePosting: { what: "bundle posting", needs: ["worker", "database", "queues", "objects"] },
} as const satisfies Record<string, { what: string; needs: readonly PartName[] }>;

export type JourneyName = keyof typeof journeys;

/** What no stack answers for. The cache is in no journey: without it the application reads from its memory and the database. */
export const outside =
  "Arweave's network and gateways, x402 facilitators, Stripe, chains' RPC, Mandrill, clients' own networks and resolvers; planned work, of which each piece is one switchover.";
