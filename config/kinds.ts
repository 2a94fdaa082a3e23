import { z } from "zod";
import { asBoolean, asList, asNumber, asText, asTextMap } from "./coerce";
import { parseCidr } from "./cidr";

/** What the schema knows about one config key. */
export interface KeySpec<S extends z.ZodType = z.ZodType> {
  schema: S;
  /** What is accepted, as it is said in a fault and in the documentation. */
  needed: string;
  /** What the key is for. */
  about: string;
  /** How to put it right, when `edit it` says too little. */
  fix?: string;
}

/** A whole number within bounds. */
export function integer(minimum: number, maximum: number, about: string) {
  const schema = z.preprocess(asNumber, z.number().int().min(minimum).max(maximum));
  return { schema, needed: `a whole number from ${minimum} to ${maximum}`, about };
}

/** One of a few whole numbers. */
export function oneOf<const T extends readonly [number, ...number[]]>(numbers: T, about: string) {
  return { schema: z.preprocess(asNumber, z.literal(numbers)), needed: `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}`, about };
}

/** A number within bounds. */
export function decimal(minimum: number, maximum: number, about: string) {
  const schema = z.preprocess(asNumber, z.number().min(minimum).max(maximum));
  return { schema, needed: `a number from ${minimum} to ${maximum}`, about };
}

/** `true` or `false`. */
export function flag(about: string) {
  return { schema: z.preprocess(asBoolean, z.boolean()), needed: "true or false", about };
}

/** One of a few words. */
export function choice<const T extends readonly [string, ...string[]]>(words: T, about: string) {
  return { schema: z.enum(words), needed: words.join(" or "), about };
}

/** Text of a given form. */
export function text(pattern: RegExp, needed: string, about: string, fix?: string) {
  const schema = z.preprocess(asText, z.string().regex(pattern));
  return { schema, needed, about, ...(fix === undefined ? {} : { fix }) };
}

/** A list of texts of a given form. */
export function list(pattern: RegExp, needed: string, about: string) {
  return { schema: z.preprocess(asList, z.array(z.string().regex(pattern))), needed, about };
}

/** An IPv4 network, written with its first address. */
export function cidr(longest: number, about: string) {
  const schema = z.string().refine((value) => within(value, longest));
  return { schema, needed: `an IPv4 network from /16 to /${longest}, written with its first address`, about };
}

/** A list of IPv4 networks, one a zone. */
export function cidrs(about: string) {
  const schema = z.preprocess(asList, z.array(z.string().refine((value) => within(value, 28))));
  return { schema, needed: "a list of IPv4 networks from /16 to /28, one a zone, each written with its first address", about };
}

/** A map from environment variable to text. */
export function environment(about: string) {
  const name = z.string().regex(/^[A-Z_][A-Z0-9_]*$/);
  return {
    schema: z.preprocess(asTextMap, z.record(name, z.string())),
    needed: "a map from NAME (capitals, digits, _) to text",
    about,
  };
}

function within(value: string, longest: number): boolean {
  const network = parseCidr(value);
  return network !== null && network.prefix >= 16 && network.prefix <= longest;
}
