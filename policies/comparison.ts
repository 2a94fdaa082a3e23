import { isDeepStrictEqual } from "node:util";
import type { Violation } from "./rule";
import type { Item } from "./stack/item";
import type { Region } from "./stack/stack";

/** One fact: what it is, what the blueprint says, what the resource says. */
export type Fact = readonly [what: string, promised: unknown, found: unknown];

const byTheProgram = "change it in the stack's config, from which blueprint and resource are both made";

/** A violation for each fact that is otherwise than promised. */
export function differences(item: Item, subject: string, facts: readonly Fact[], fix = byTheProgram): Violation[] {
  return facts.flatMap(([what, promised, found]) => {
    const difference = firstDifference(promised, found);
    if (difference === null) return [];
    const where = [what, ...difference.path].join(" ");
    return [{ urn: item.urn, promised: `${subject}: ${where} ${difference.promised}`, found: difference.found, fix }];
  });
}

/** What the blueprint names, with the resource that has the name; and a violation for each that is missing and each that is too many. */
export function paired<P>(
  region: Region,
  what: string,
  promised: readonly P[],
  nameOf: (one: P) => string,
  items: readonly Item[],
  nameOfItem: (item: Item) => string,
): { pairs: { promised: P; item: Item }[]; violations: Violation[] } {
  const byName = new Map<string, Item>();
  const second: Item[] = [];
  for (const item of items) {
    const name = nameOfItem(item);
    if (byName.has(name)) second.push(item);
    else byName.set(name, item);
  }
  const names = new Set(promised.map(nameOf));
  const beyond = [...[...byName].filter(([name]) => !names.has(name)).map(([, item]) => item), ...second];
  return {
    pairs: promised.flatMap((one) => {
      const item = byName.get(nameOf(one));
      return item === undefined ? [] : [{ promised: one, item }];
    }),
    violations: [
      ...promised.filter((one) => !byName.has(nameOf(one))).map((one) => missing(region, `${what} ${nameOf(one)}`)),
      ...beyond.map((item) => ({
        urn: item.urn,
        promised: `no ${what} beyond those of the blueprint`,
        found: nameOfItem(item),
        fix: "remove it, or let the program make it",
      })),
    ],
  };
}

/** What the blueprint promises and the region has not. */
export function missing({ platform }: Region, what: string): Violation {
  return { urn: platform.urn, promised: what, found: "the stack has none", fix: "deploy the program whole: it makes what the blueprint names" };
}

/** The first place where two values of plain data differ; null when they do not. The order of keys is no difference. */
export function firstDifference(promised: unknown, found: unknown): { path: string[]; promised: string; found: string } | null {
  if (isDeepStrictEqual(promised, found)) return null;
  if (isHolder(promised) && isHolder(found))
    for (const key of new Set([...Object.keys(promised), ...Object.keys(found)])) {
      const deeper = firstDifference(promised[key], found[key]);
      if (deeper !== null) return { ...deeper, path: [key, ...deeper.path] };
    }
  return { path: [], promised: said(promised), found: said(found) };
}

/** Lists of texts are said whole. */
function isHolder(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !isTexts(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

const mostSaid = 200;

function said(value: unknown): string {
  const text = textOf(value);
  return text.length > mostSaid ? `${text.slice(0, mostSaid)}…` : text;
}

function textOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return value;
  if (isTexts(value)) return value.length === 0 ? "none" : value.join(", ");
  return JSON.stringify(value);
}
