import { categories, type Category } from "./charge";
import { costOf, type Cost, type CostLine } from "./costOf";
import { CostFault } from "./faults";
import { sources } from "./prices/sources";
import type { PromisedCost } from "../promised";
import type { CostResource } from "./resource";
import { usualUsage } from "./usage";

/** A cost in a form that fits into exports. */
export interface CostSummary {
  monthlyUsd: number;
  maximumMonthlyUsd: number;
  /** Parts of `monthlyUsd`. */
  categories: Partial<Record<Category, number>>;
  /** The oldest month that a price is known for. */
  pricesAsOf: string;
}

/** What a promise says of a cost; null where a price is not known: that refuses no deployment, and `make cost` says what it is. */
export function promisedCost(resources: readonly CostResource[], region: string): PromisedCost | null {
  try {
    const { monthlyUsd, maximumMonthlyUsd, pricesAsOf } = summaryOf(costOf(resources, usualUsage(region)));
    return { monthlyUsd, maximumMonthlyUsd, pricesAsOf };
  } catch (fault) {
    if (fault instanceof CostFault) return null;
    throw fault;
  }
}

/** Sums of a cost, in cents. */
export function summaryOf({ lines, monthlyUsd, maximumMonthlyUsd }: Cost): CostSummary {
  const sums = Object.entries(sumsOf(lines)).map(([category, usd]) => [category, cents(usd)] as const);
  const [pricesAsOf] = Object.values(sources)
    .map(({ asOf }) => asOf)
    .sort();
  return {
    monthlyUsd: cents(monthlyUsd),
    maximumMonthlyUsd: cents(maximumMonthlyUsd),
    categories: Object.fromEntries(sums),
    pricesAsOf: pricesAsOf ?? "never",
  };
}

/** Monthly sums by category, in the order of `categories`. */
export function sumsOf(lines: readonly CostLine[]): Partial<Record<Category, number>> {
  const names = Object.keys(categories) as Category[];
  const sums = names.map((name) => [name, lines.filter(({ category }) => category === name)] as const).filter(([, own]) => own.length > 0);
  return Object.fromEntries(sums.map(([name, own]) => [name, own.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)]));
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
