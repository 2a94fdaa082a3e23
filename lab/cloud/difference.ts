import type { Fields, Model, Shape } from "./model";
import { DEFAULTS, isProperties, withoutDefaultsNote, type Json, type Properties } from "./properties";

/** One changed property, at any depth; `path` as the engine writes it, e.g. `tags.Name` or `rules[0].status`. */
export interface Change {
  path: string;
  kind: "add" | "delete" | "update";
  effect: "update" | "replace";
  /** False when an output changes without an input, e.g. `tagsAll` by the provider's default tags. */
  of: "input" | "output";
}

/** What separates the inputs of the last update from the new ones. */
export interface Difference {
  changes: Change[];
  deleteFirst: "yes" | "no";
}

/** Compares inputs by the model: order of sets, layout of JSON and values that the cloud fills are no change. */
export function difference(model: Model, oldInputs: Properties, newInputs: Properties): Difference {
  const changes = compareFields(model.inputs, withoutDefaultsNote(oldInputs), withoutDefaultsNote(newInputs), "", "update");
  return { changes, deleteFirst: keepsChosenName(model, oldInputs, newInputs) ? "yes" : "no" };
}

/** The top-level properties of some changes. */
export function topLevel(changes: Change[]): string[] {
  return [...new Set(changes.map((change) => change.path.split(/[.[]/)[0] ?? change.path))];
}

/** True when two values mean the same to the cloud. */
export function same(shape: Shape, left: Json | undefined, right: Json | undefined): boolean {
  return canonical(shape, left) === canonical(shape, right);
}

// A name that the program chose is taken until the old resource is gone, so the replacement cannot come first.
function keepsChosenName(model: Model, oldInputs: Properties, newInputs: Properties): boolean {
  const property = model.naming?.property;
  if (property === undefined || oldInputs[property] === undefined) return false;
  const filled = newInputs[DEFAULTS];
  const chosen = !(Array.isArray(filled) && filled.includes(property));
  return chosen && oldInputs[property] === newInputs[property];
}

function compareFields(fields: Fields, olds: Properties, news: Properties, path: string, inherited: Change["effect"]): Change[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].flatMap((key) => {
    const shape = fields[key];
    return shape === undefined ? [] : compare(shape, olds[key], news[key], path === "" ? key : join(path, key), inherited);
  });
}

function compare(shape: Shape, old: Json | undefined, fresh: Json | undefined, path: string, inherited: Change["effect"]): Change[] {
  if ((shape.computed === true && fresh === undefined) || same(shape, old, fresh)) return [];
  const effect = shape.replaces === true ? "replace" : inherited;
  if (shape.kind === "object" && isProperties(old) && isProperties(fresh)) {
    return compareFields(shape.fields, withoutDefaultsNote(old), withoutDefaultsNote(fresh), path, effect);
  }
  if (shape.kind === "map" && isProperties(old) && isProperties(fresh)) {
    return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((key) =>
      old[key] === fresh[key] ? [] : [change(join(path, key), old[key], fresh[key], effect)],
    );
  }
  if (shape.kind === "list" && shape.order === "kept" && Array.isArray(old) && Array.isArray(fresh)) {
    const longest = Math.max(old.length, fresh.length);
    return Array.from({ length: longest }, (_, index) => compare(shape.of, old[index], fresh[index], `${path}[${String(index)}]`, effect)).flat();
  }
  return [change(path, old, fresh, effect)];
}

function change(path: string, old: Json | undefined, fresh: Json | undefined, effect: Change["effect"]): Change {
  const kind = old === undefined ? "add" : fresh === undefined ? "delete" : "update";
  return { path, kind, effect, of: "input" };
}

function join(path: string, key: string): string {
  return /^\w+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function canonical(shape: Shape, value: Json | undefined): string {
  if (value === undefined) return "";
  if (shape.kind === "json" && typeof value === "string") return canonicalDocument(value);
  if (shape.kind === "list" && Array.isArray(value)) {
    const items = value.map((item) => canonical(shape.of, item));
    return `[${(shape.order === "free" ? items.sort() : items).join(",")}]`;
  }
  if (shape.kind === "object" && isProperties(value)) {
    const bag = withoutDefaultsNote(value);
    return `{${Object.keys(bag)
      .sort()
      .map((key) => `${key}:${canonical(shape.fields[key] ?? { kind: "text" }, bag[key])}`)
      .join(",")}}`;
  }
  return stable(value);
}

function canonicalDocument(value: string): string {
  try {
    return stable(JSON.parse(value) as Json);
  } catch {
    return value; // no JSON (or not known yet): compared as the text it is
  }
}

/** JSON text with sorted keys, so that equal values give equal text. */
export function stable(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`;
  if (!isProperties(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stable(value[key] ?? null)}`)
    .join(",")}}`;
}
