import { categories } from "../charge";
import type { Cost, CostLine } from "../costOf";
import { order } from "./guideSection";
import { table } from "./words";

/** What a stack is made of: the lines of like resources together. */
export function stackSection(name: string, cost: Cost): string[] {
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

function rounded(quantity: number): string {
  return Number(quantity.toFixed(2)).toLocaleString("en-US");
}
