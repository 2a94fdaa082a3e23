import { baseUsd } from "../guide";

/** Whole dollars, with thousands apart. */
export function dollars(usd: number): string {
  return `$${Math.round(usd).toLocaleString("en-US")}`;
}

/** How many of the single node's. */
export function times(usd: number): string {
  return `${(usd / baseUsd).toFixed(1)} ×`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows.map((row) => `| ${row.join(" | ")} |`), ""];
}
