/** Property bags as the engine sends them, and how a model reads them. */
export type Json = string | number | boolean | null | Json[] | Properties;

/** A bag of properties: inputs, outputs, or any object inside them. */
export interface Properties {
  [key: string]: Json;
}

/** What the engine sends, and is sent, for a value that only exists after the update (the engine's own constant). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Key by which a provider notes which inputs it filled itself; the engine keeps it with the inputs. */
export const DEFAULTS = "__defaults";

/** True for an object that is neither null nor a list. */
export function isProperties(value: Json | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when the value, or anything in it, is not known yet. */
export function hasUnknown(value: Json | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isProperties(value) && Object.values(value).some(hasUnknown);
}

/** The text at a key; undefined when it is absent or no text. */
export function textAt(bag: Properties | undefined, key: string): string | undefined {
  const value = bag?.[key];
  return typeof value === "string" ? value : undefined;
}

/** The text at a key that Check has made certain. Throws when a model reads a key that it does not require. */
export function mustText(bag: Properties, key: string): string {
  const value = textAt(bag, key);
  if (value === undefined) throw new Error(`embedded cloud: ${key} is absent, but the model counts on it: mark it required`);
  return value;
}

/** The number at a key; undefined when it is absent or no number. */
export function integerAt(bag: Properties | undefined, key: string): number | undefined {
  const value = bag?.[key];
  return typeof value === "number" ? value : undefined;
}

/** True only when the key holds true. */
export function isOn(bag: Properties | undefined, key: string): boolean {
  return bag?.[key] === true;
}

/** The texts of a list; empty when it is absent. */
export function textsAt(bag: Properties | undefined, key: string): string[] {
  const value = bag?.[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The object at a key; undefined when it is absent. */
export function objectAt(bag: Properties | undefined, key: string): Properties | undefined {
  const value = bag?.[key];
  return isProperties(value) ? value : undefined;
}

/** The objects of a list; empty when it is absent. */
export function objectsAt(bag: Properties | undefined, key: string): Properties[] {
  const value = bag?.[key];
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** A copy without null values, at any depth: a null is how the engine sends "not given". */
export function withoutNulls(bag: Properties): Properties {
  const clean = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(clean);
    return isProperties(value) ? withoutNulls(value) : value;
  };
  return Object.fromEntries(
    Object.entries(bag)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, clean(value)]),
  );
}

/** A copy without the provider's own note of its defaults. */
export function withoutDefaultsNote(bag: Properties): Properties {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => key !== DEFAULTS));
}
