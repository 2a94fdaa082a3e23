import type { Violation } from "./rule";
import type { Item } from "./stack/item";

/** Says what is wrong unless a property has the one right value. Throws `Unreadable` when it is missing, of another kind or not known. */
export function mustBe(item: Item, path: string, wanted: string | number | boolean): Violation[] {
  const found = read(item, path, wanted);
  return found === wanted
    ? []
    : [{ urn: item.urn, promised: `${path} ${String(wanted)}`, found: `${path} ${String(found)}`, fix: `set ${path} to ${String(wanted)}` }];
}

/** The same of a number that may be more. */
export function mustBeAtLeast(item: Item, path: string, least: number, unit: string): Violation[] {
  const found = item.number(path);
  return found >= least
    ? []
    : [{ urn: item.urn, promised: `${path} of at least ${String(least)} ${unit}`, found: String(found), fix: `set ${path} to ${String(least)} or more` }];
}

function read(item: Item, path: string, wanted: string | number | boolean): string | number | boolean {
  if (typeof wanted === "string") return item.text(path);
  return typeof wanted === "number" ? item.number(path) : item.flag(path);
}
