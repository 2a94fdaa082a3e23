import type { Category } from "../charge";
import { priceLists } from "../prices";
import { machineHour } from "../prices/priceList";
import type { GuideLine, GuideTable, Part } from "./types";

/** What the guide says that a table's lines cost together. */
export function guideUsd({ lines }: GuideTable): number {
  return lines.reduce((sum, line) => sum + line.guideUsd, 0);
}

/** A line at the listed prices. Throws when a price is missing. */
export function sameScopeUsd(line: GuideLine): number {
  return line.parts.reduce((sum, part) => sum + partUsd(part), 0);
}

/** A table at the listed prices, by what its parts are for. */
export function sameScopeSums({ lines }: GuideTable): Map<Category, number> {
  const sums = new Map<Category, number>();
  for (const { category, parts } of lines)
    for (const part of parts) {
      const own = part.category ?? category;
      sums.set(own, (sums.get(own) ?? 0) + partUsd(part));
    }
  return sums;
}

function partUsd({ price, quantity, region = "us-east-1" }: Part): number {
  const list = priceLists.get(region);
  const each = list === undefined ? undefined : typeof price === "string" ? list.each[price] : machineHour(list, price.kind, price.type);
  if (each === undefined) throw new Error(`guide: no price of ${JSON.stringify(price)} in ${region}`);
  return each * quantity;
}
