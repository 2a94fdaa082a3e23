import type { Cost } from "../costOf";
import { sources } from "../prices/sources";
import { usualMonth } from "../usage";
import { table } from "./words";

/** What the sums rest on, and what is not in them. */
export function basisSection(costs: readonly Cost[]): string[] {
  const free = new Map(costs.flatMap((cost) => cost.free.map(({ type, why }) => [type, why] as const)));
  const reasons = [...new Set(free.values())];
  return [
    "## What is assumed of a month",
    "",
    ...table(
      ["amount", "region that serves", "region that waits", "unit", "why"],
      Object.entries(usualMonth).map(([name, { serving, waiting, unit, why }]) => [`\`${name}\``, String(serving), String(waiting), unit, why]),
    ),
    "## Where prices come from",
    "",
    "AWS's price list could not be reached where this was written. The numbers are what is publicly known of these pages in the month that is named, and were compared with what is named; everything else is not verified, and the prices of eu-west-1 for databases and Redis least of all. Before you rest a decision on them, look at the pages. They stand in `sla/cost/prices`, one file a region; a region, a type or a class without a price is an error, never nothing.",
    "",
    ...table(
      ["prices of", "page", "as of", "compared with"],
      Object.entries(sources).map(([family, { page, asOf, compared }]) => [family, page, asOf, compared ?? "nothing"]),
    ),
    "Of EC2, one price of each family is listed, at `large`: within a family the hour of a machine is in proportion to its size.",
    "",
    "## What is not in it",
    "",
    "- Transactions on Arweave, Stripe's fees, and the wallet's balance: they follow what clients pay.",
    "- CPU credits beyond a t3's own (`unlimited`), support plans, tax.",
    "- A KMS key's yearly rotation, which adds $1 a month after the first and after the second year.",
    "- Extra machines while an old one is replaced, restores, and drills.",
    "- The edge host that holds the Elastic IP gives its own public address back: own hosts are counted with one address ($3.65) too many.",
    "- A Multi-AZ cluster of three (`managedDatabase: rdsCluster`), which has no price here: its cost is refused.",
    "",
    "Resources of these types cost nothing:",
    "",
    ...reasons.map(
      (why) =>
        `- ${why}: ${[...free]
          .flatMap(([type, own]) => (own === why ? [`\`${type}\``] : []))
          .sort()
          .join(", ")}`,
    ),
    "",
  ];
}
