import { categories, type Category } from "../charge";
import type { Cost } from "../costOf";
import { guideUsd, sameScopeSums, sameScopeUsd, type GuideTable } from "../guide";
import { sumsOf } from "../summary";
import { differences } from "./differences";
import { dollars, table, times } from "./words";

/** A table of the guide beside its own scope at list prices, and beside our stack whole. Throws when a difference has no reason. */
export function guideSection(guide: GuideTable, cost: Cost): string[] {
  const scopeUsd = guide.lines.reduce((sum, line) => sum + sameScopeUsd(line), 0);
  const scope = sameScopeSums(guide);
  const ours = sumsOf(cost.lines);
  const whys = differences[guide.stack] ?? {};
  const all = ([...scope.keys(), ...Object.keys(ours)] as Category[]).sort((one, other) => order(one) - order(other));
  return [
    `### ${guide.title}`,
    "",
    `Guide, lines ${guide.at}.`,
    "",
    ...table(
      ["the guide's line", "guide", "same scope", "why"],
      [
        ...guide.lines.map((line) => [line.what, dollars(line.guideUsd), dollars(sameScopeUsd(line)), line.why]),
        [
          "**together**",
          `**${dollars(guideUsd(guide))}**`,
          `**${dollars(scopeUsd)}**`,
          scopeUsd <= guideUsd(guide) ? "not above the guide" : "above the guide, for the reasons above",
        ],
      ],
    ),
    ...table(
      [`\`${guide.stack}\`, whole`, "same scope", "ours", "why"],
      [
        ...[...new Set(all)].map((category) => {
          const same = scope.get(category);
          return [
            categories[category],
            same === undefined ? "—" : dollars(same),
            dollars(ours[category] ?? 0),
            whys[category] ?? missing(guide.stack, category),
          ];
        }),
        [
          "**together**",
          `**${dollars(scopeUsd)}**`,
          `**${dollars(cost.monthlyUsd)}**`,
          `${times(cost.monthlyUsd)} the single node; the guide's table ${times(guideUsd(guide))}`,
        ],
      ],
    ),
  ];
}

function missing(stack: string, category: Category): never {
  throw new Error(`cost document: sla/cost/document/differences.ts does not say why ${category} of ${stack} differs from the guide`);
}

/** Place of a category in tables. */
export function order(category: Category): number {
  return Object.keys(categories).indexOf(category);
}
