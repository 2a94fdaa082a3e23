import { categories, type Category } from "./charge";
import type { Cost, CostLine } from "./costOf";
import { differences } from "./differences";
import { baseUsd, guideTables, guideUsd, sameScopeUsd, type GuideTable } from "./guide";
import { sources } from "./prices/sources";
import { operationsUsd, returns, revenueUsdPerHour, type Rung } from "./roi";
import { usualMonth } from "./usage";

/** A stack of ours with its cost, e.g. `level2-managed`. */
export interface PricedStack {
  name: string;
  cost: Cost;
}

/** Whole dollars, with thousands apart. */
export function dollars(usd: number): string {
  return `$${Math.round(usd).toLocaleString("en-US")}`;
}

/** `docs/cost.md`: what every stack costs, from its resources, and beside it what the guide says. Throws when one of the stacks is missing. */
export function costDocument(stacks: readonly PricedStack[]): string {
  return [
    "# Cost",
    "",
    "Written from the resources of the stack files: do not edit (`npx tsx tests/sla/cost/writeCost.ts`). `make cost STACK=level2` prints the same of one stack, a line for every resource.",
    "",
    "US dollars a month of 730 hours, on demand, before tax; no free tier, no Savings Plan, no reservation. The sum is with groups of machines at their least; at their most beside it.",
    "",
    ...table(
      ["stack", "a month", "at the most", "times the single node"],
      stacks.map(({ name, cost }) => [name, dollars(cost.monthlyUsd), dollars(cost.maximumMonthlyUsd), times(cost.monthlyUsd)]),
    ),
    `The single node is the guide's, ${dollars(baseUsd)}: the one base of every multiplier. Its other base, about $200, has no table behind it.`,
    "",
    "## Beside the guide",
    "",
    "Same scope: only the guide's lines, its types and its counts, at the listed prices of us-east-1. Then what our stack is made of, whole.",
    "",
    ...guideTables.flatMap((one) => guideSection(one, costOfStack(stacks, one.stack))),
    ...roiSection(stacks),
    "## What each stack is made of",
    "",
    ...stacks.flatMap(({ name, cost }) => stackSection(name, cost)),
    ...pricesSection(stacks),
  ].join("\n");
}

function guideSection(guide: GuideTable, cost: Cost): string[] {
  const same = guide.lines.reduce((sum, line) => sum + sameScopeUsd(line), 0);
  const found = categoriesOf(cost.lines);
  const ofGuide = new Set(guide.lines.map(({ category }) => category));
  const whys = differences[guide.stack] ?? {};
  const scopeOf = (category: Category): string =>
    ofGuide.has(category) && guide.stack !== "level3-managed"
      ? dollars(guide.lines.filter((line) => line.category === category).reduce((sum, line) => sum + sameScopeUsd(line), 0))
      : "—";
  const all = [...new Set([...(guide.stack === "level3-managed" ? [] : ofGuide), ...found.keys()])].sort((one, other) => order(one) - order(other));
  return [
    `### ${guide.title}`,
    "",
    `Guide, lines ${guide.at}.`,
    "",
    ...table(
      ["the guide's line", "guide", "same scope", "why"],
      [
        ...guide.lines.map((line) => [line.what, dollars(line.guideUsd), dollars(sameScopeUsd(line)), line.why]),
        ["**together**", `**${dollars(guideUsd(guide))}**`, `**${dollars(same)}**`, same <= guideUsd(guide) ? "not above the guide" : "above the guide, for the reasons above"],
      ],
    ),
    ...table(
      [`\`${guide.stack}\`, whole`, "same scope", "ours", "why"],
      [
        ...all.map((category) => [categories[category], scopeOf(category), dollars(found.get(category) ?? 0), whys[category] ?? missing(guide.stack, category)]),
        ["**together**", `**${dollars(same)}**`, `**${dollars(cost.monthlyUsd)}**`, `${times(cost.monthlyUsd)} the single node; the guide's table ${times(guideUsd(guide))}`],
      ],
    ),
  ];
}

function roiSection(stacks: readonly PricedStack[]): string[] {
  const single: Rung = { name: "single node", availability: 0.995, monthlyUsd: baseUsd };
  const rung = (level: number, availability: number, monthlyUsd: number): Rung => ({ name: `level ${String(level)}`, availability, monthlyUsd });
  const ours = (name: string): number => costOfStack(stacks, name).monthlyUsd;
  const guide = returns([single, rung(1, 0.999, 1070), rung(2, 0.9995, 1656), rung(3, 0.9999, 4360)]);
  const own = returns([
    single,
    rung(1, 0.999, ours("level1-selfHosted")),
    rung(2, 0.9995, ours("level2-managed")),
    rung(3, 0.9999, ours("level3-managed")),
  ]);
  const rows = (all: typeof guide): string[][] =>
    all.map(({ name, availability, downHours, lostUsd, monthlyUsd, step }) => [
      name,
      `${String(Number((availability * 100).toFixed(2)))} %`,
      downHours.toFixed(2),
      dollars(lostUsd),
      dollars(monthlyUsd),
      step === null ? "—" : dollars(step.savedUsd),
      step === null ? "—" : dollars(step.costUsd),
      step === null ? "—" : `${dollars(step.breakEvenUsdPerHour)} an hour`,
    ]);
  const heads = ["", "guide's target", "hours down a year", "lost a year", "cost a month", "step saves a year", "step costs a year", "pays from a revenue of"];
  return [
    "## Whether it pays",
    "",
    `With the guide's example, ${dollars(revenueUsdPerHour)} an hour. The guide gives each level the downtime of the next better one, and so every step looks as if it paid: a single node of 99.5 % is away for 43.8 h a year, not 8.76.`,
    "",
    "At the guide's costs:",
    "",
    ...table(heads, rows(guide)),
    "At ours (level 1 self-hosted, 2 and 3 managed):",
    "",
    ...table(heads, rows(own)),
    `People cost more than machines: the guide's ${dollars(operationsUsd.least)} to ${dollars(operationsUsd.most)} a month for a team that is on call are in no column. With them at level 1, where one begins to need them, that step pays from ${dollars(((operationsUsd.least + 1070 - baseUsd) * 12) / (43.8 - 8.76))} an hour on.`,
    "",
  ];
}

function stackSection(name: string, cost: Cost): string[] {
  const groups = new Map<string, CostLine[]>();
  for (const line of cost.lines) {
    const key = [line.category, line.what, line.region].join("|");
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const rows = [...groups.values()]
    .map((lines) => ({ lines, first: lines[0] }))
    .flatMap(({ lines, first }) => (first === undefined ? [] : [{ lines, first }]))
    .sort((one, other) => order(one.first.category) - order(other.first.category));
  const most = (lines: readonly CostLine[]): string => {
    const least = lines.reduce((sum, line) => sum + line.monthlyUsd, 0);
    const sum = lines.reduce((total, line) => total + line.maximumMonthlyUsd, 0);
    return sum === least ? "" : sum.toFixed(2);
  };
  return [
    `### ${name}`,
    "",
    ...table(
      ["for", "what", "region", "resources", "quantity", "each", "a month", "at the most"],
      [
        ...rows.map(({ lines, first }) => [
          categories[first.category],
          first.what,
          first.region,
          String(lines.length),
          `${rounded(lines.reduce((sum, line) => sum + line.quantity, 0))} ${first.unit}`,
          `$${String(Number(first.unitUsd.toFixed(6)))}`,
          lines.reduce((sum, line) => sum + line.monthlyUsd, 0).toFixed(2),
          most(lines),
        ]),
        ["**together**", "", "", String(cost.lines.length), "", "", `**${cost.monthlyUsd.toFixed(2)}**`, `**${cost.maximumMonthlyUsd.toFixed(2)}**`],
      ],
    ),
  ];
}

function pricesSection(stacks: readonly PricedStack[]): string[] {
  const free = new Map(stacks.flatMap(({ cost }) => cost.free.map(({ type, why }) => [type, why] as const)));
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
    ...table(["type", "why"], [...free].sort(([one], [other]) => (one < other ? -1 : 1)).map(([type, why]) => [`\`${type}\``, why])),
  ];
}

function categoriesOf(lines: readonly CostLine[]): Map<Category, number> {
  const sums = new Map<Category, number>();
  for (const { category, monthlyUsd } of lines) sums.set(category, (sums.get(category) ?? 0) + monthlyUsd);
  return sums;
}

function costOfStack(stacks: readonly PricedStack[], name: string): Cost {
  const found = stacks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`cost document: given no stack ${name}, needed every stack that the guide's tables are compared with`);
  return found.cost;
}

function missing(stack: string, category: Category): never {
  throw new Error(`cost document: sla/cost/differences.ts does not say why ${category} of ${stack} differs from the guide`);
}

function order(category: Category): number {
  return Object.keys(categories).indexOf(category);
}

function times(usd: number): string {
  return `${(usd / baseUsd).toFixed(1)} ×`;
}

function rounded(quantity: number): string {
  return Number(quantity.toFixed(2)).toLocaleString("en-US");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows.map((row) => `| ${row.join(" | ")} |`), ""];
}
