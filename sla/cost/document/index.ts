import type { Cost } from "../costOf";
import { baseUsd, guideTables } from "../guide";
import { basisSection } from "./basis";
import { guideSection } from "./guideSection";
import { returnsSection } from "./returnsSection";
import { stackSection } from "./stackSection";
import { dollars, table, times } from "./words";

/** A stack of ours with its cost, e.g. `level2-managed`. */
export interface PricedStack {
  name: string;
  cost: Cost;
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
    "The guide is the high-availability guide that this project was built from. It has a cost table for each level, and two for some. Same scope: only the guide's lines, its types and its counts, at the listed prices of us-east-1. Then what our stack is made of, whole.",
    "",
    ...guideTables.flatMap((one) => guideSection(one, costOfStack(stacks, one.stack))),
    ...returnsSection((name) => costOfStack(stacks, name).monthlyUsd),
    "## What each stack is made of",
    "",
    ...stacks.flatMap(({ name, cost }) => stackSection(name, cost)),
    ...basisSection(stacks.map(({ cost }) => cost)),
  ].join("\n");
}

function costOfStack(stacks: readonly PricedStack[], name: string): Cost {
  const found = stacks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`cost document: given no stack ${name}, needed every stack that the guide's tables are compared with`);
  return found.cost;
}
