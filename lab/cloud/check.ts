import { createHash, randomBytes } from "node:crypto";
import type { Failure, Fields, Model, Shape } from "./model";
import { DEFAULTS, hasUnknown, isProperties, UNKNOWN, withoutDefaultsNote, withoutNulls, type Json, type Properties } from "./properties";

/** Inputs with names and defaults filled in, and what is wrong with them. */
export interface Checked {
  inputs: Properties;
  failures: Failure[];
}

/** What Check is asked: `olds` are the inputs of the last update, empty for a new resource. */
export interface CheckRequest {
  name: string;
  olds: Properties;
  news: Properties;
  /** The engine's seed for names; empty when it sends none. */
  seed: Uint8Array;
}

/** Fills in names and defaults and judges the inputs by the model alone: no look at what exists. */
export function check(model: Model, request: CheckRequest): Checked {
  const given = withoutDefaultsNote(withoutNulls(request.news));
  const failures = faultsOf(model.type, model.inputs, given, "");
  const inputs: Properties = { ...given };
  const filled: string[] = [];
  const naming = model.naming;
  if (naming !== undefined && inputs[naming.property] === undefined) {
    inputs[naming.property] = request.olds[naming.property] ?? autoName(naming, request);
    filled.push(naming.property);
  }
  for (const [key, shape] of Object.entries(model.inputs)) {
    if (inputs[key] === undefined && shape.default !== undefined) {
      inputs[key] = shape.default;
      filled.push(key);
    }
  }
  if (failures.length === 0 && model.rule !== undefined) failures.push(...model.rule(inputs));
  return { inputs: { ...inputs, [DEFAULTS]: filled.sort() }, failures };
}

function autoName(naming: NonNullable<Model["naming"]>, request: CheckRequest): string {
  const seed = request.seed.length > 0 ? request.seed : randomBytes(32);
  const tail = `-${createHash("sha256").update(seed).update(request.name).digest("hex").slice(0, 7)}`;
  const stem = (naming.prefix ?? "") + (naming.clean ?? String)(request.name);
  return stem.slice(0, naming.longest - tail.length) + tail;
}

function faultsOf(type: string, fields: Fields, bag: Properties, path: string): Failure[] {
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const failures: Failure[] = [];
  for (const [key, value] of Object.entries(bag)) {
    const shape = fields[key];
    if (shape === undefined)
      failures.push({ property: at(key), reason: `the embedded cloud does not model ${at(key)} of ${type}: add it to lab/cloud, with its rules` });
    else failures.push(...shapeFaults(type, shape, value, at(key)));
  }
  for (const [key, shape] of Object.entries(fields)) {
    if (shape.required === true && bag[key] === undefined) failures.push({ property: at(key), reason: `missing required argument: ${at(key)} of ${type}` });
  }
  return failures;
}

function shapeFaults(type: string, shape: Shape, value: Json, path: string): Failure[] {
  if (value === UNKNOWN) return [];
  const wrong = (needed: string): Failure[] => [{ property: path, reason: `${path} of ${type} must be ${needed}, got ${typeof value}` }];
  const ruled = (fault: string | undefined): Failure[] => (fault === undefined ? [] : [{ property: path, reason: `${path}: ${fault}` }]);
  switch (shape.kind) {
    case "text":
    case "json":
      return typeof value === "string" ? ruled(shape.rule?.(value)) : wrong("text");
    case "number":
      return typeof value === "number" ? ruled(shape.rule?.(value)) : wrong("a number");
    case "flag":
      return typeof value === "boolean" ? ruled(shape.rule?.(value)) : wrong("true or false");
    case "map":
      if (!isProperties(value)) return wrong("an object of texts");
      return [
        ...Object.entries(value).flatMap(([key, item]) =>
          typeof item === "string" ? [] : [{ property: `${path}.${key}`, reason: `${path}.${key} of ${type} must be text, got ${typeof item}` }],
        ),
        ...ruled(hasUnknown(value) ? undefined : shape.rule?.(value)),
      ];
    case "list":
      if (!Array.isArray(value)) return wrong("a list");
      return [
        ...value.flatMap((item, index) => shapeFaults(type, shape.of, item, `${path}[${String(index)}]`)),
        ...ruled(hasUnknown(value) ? undefined : shape.rule?.(value)),
      ];
    case "object":
      if (!isProperties(value)) return wrong("an object");
      return [...faultsOf(type, shape.fields, withoutDefaultsNote(value), path), ...ruled(hasUnknown(value) ? undefined : shape.rule?.(value))];
  }
}
