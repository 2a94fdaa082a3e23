import type { Json, Properties } from "./properties";

/** What a property holds on, and what becomes of the holder when the target is deleted. */
export interface Reference {
  /** Where the value must be found: a type and the property (or `id`) that holds the value. */
  to: { type: string; by: string }[];
  /** The cloud's error when it is nowhere. */
  code: string;
  message: (value: string) => string;
  /** The target may be in another region than the holder, e.g. what an ARN names. */
  anywhere?: true;
  /** Values that exist without a record, e.g. policies that AWS itself ships. */
  accepts?: (value: string) => boolean;
  /** `nothing`: the target may go. `goesToo`: the holder disappears with it. Otherwise the delete is refused with that code. */
  whenTargetGoes: "nothing" | "goesToo" | { code: string; message: (targetId: string) => string };
}

/** What is true of a property, whatever its shape. */
export interface Traits<Value> {
  required?: true;
  /** A change makes a new resource. */
  replaces?: true;
  /** The cloud fills it when it is not given, so leaving it out is no change. */
  computed?: true;
  /** Filled in by Check when it is not given. */
  default?: Json;
  /** Format rule, checked before anything is created: the fault in words, or undefined. Not asked about unknown values. */
  rule?: (value: Value) => string | undefined;
  refers?: Reference;
}

/** Shape of a property's value. A `free` list is compared without its order. `json` is text compared as the document in it. */
export type Shape =
  | ({ kind: "text" } & Traits<string>)
  | ({ kind: "json" } & Traits<string>)
  | ({ kind: "number" } & Traits<number>)
  | ({ kind: "flag" } & Traits<boolean>)
  | ({ kind: "map" } & Traits<Properties>)
  | ({ kind: "list"; of: Shape; order: "kept" | "free" } & Traits<Json[]>)
  | ({ kind: "object"; fields: Fields } & Traits<Properties>);

/** Properties of a type, or of an object inside it. A property that is not here is refused. */
export type Fields = Record<string, Shape>;

export const text = (traits: Traits<string> = {}): Shape => ({ kind: "text", ...traits });
export const json = (traits: Traits<string> = {}): Shape => ({ kind: "json", ...traits });
export const number = (traits: Traits<number> = {}): Shape => ({ kind: "number", ...traits });
export const flag = (traits: Traits<boolean> = {}): Shape => ({ kind: "flag", ...traits });
/** Text values under any key. */
export const map = (traits: Traits<Properties> = {}): Shape => ({ kind: "map", ...traits });
export const list = (of: Shape, traits: Traits<Json[]> = {}): Shape => ({ kind: "list", of, order: "kept", ...traits });
/** A list whose order means nothing. */
export const set = (of: Shape, traits: Traits<Json[]> = {}): Shape => ({ kind: "list", of, order: "free", ...traits });
export const object = (fields: Fields, traits: Traits<Properties> = {}): Shape => ({ kind: "object", fields, ...traits });

/** One fault of an input, as Check answers it. */
export interface Failure {
  property: string;
  reason: string;
}

/** How a type is named when the program gives no name: `<resource name>-<7 hex digits>`. */
export interface Naming {
  property: string;
  longest: number;
  prefix?: string;
  /** Turns the name of the resource in the program into one the cloud allows. */
  clean?: (name: string) => string;
}

/** What every modelled type states: its inputs and the outputs that the cloud adds. */
export interface Model {
  type: string;
  inputs: Fields;
  /** Outputs besides the inputs. Unknown in the preview of a create. */
  outputs: readonly string[];
  naming?: Naming;
  /** Faults that need more than one property. Values may be unknown. */
  rule?: (inputs: Properties) => Failure[];
  /** Outputs that an update from the old inputs to the new ones will change: unknown in its preview. */
  volatile?: (oldInputs: Properties, newInputs: Properties) => string[];
}

/** Rule: one of these texts. */
export function oneOf(...allowed: string[]): (value: string) => string | undefined {
  return (value) => (allowed.includes(value) ? undefined : `expected one of ${JSON.stringify(allowed)}, got ${value}`);
}

/** Rule: a whole number in this range. */
export function between(least: number, most: number): (value: number) => string | undefined {
  return (value) =>
    Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `expected a whole number in the range (${String(least)} - ${String(most)}), got ${String(value)}`;
}

/** Rule: text of this form. */
export function matching(pattern: RegExp, meaning: string): (value: string) => string | undefined {
  return (value) => (pattern.test(value) ? undefined : `${meaning}, got ${value}`);
}
