import { BadRequest } from "../database/faults";
import type { Context } from "./answer";

/** A value of the query. Throws `BadRequest` when it is missing. */
export function query(context: Context, name: string): string {
  const given = context.query[name];
  if (typeof given !== "string" || given === "") throw new BadRequest(`${name}: missing`);
  return given;
}

/** A part of the path. */
export function part(context: Context, name: string): string {
  return (context["params"] as Record<string, string | undefined>)[name] ?? "";
}

/** A text of the body. Throws `BadRequest`. */
export function text(body: Record<string, unknown>, name: string): string {
  const given = body[name];
  if (typeof given !== "string" || given === "") throw new BadRequest(`${name}: missing`);
  return given;
}

/** Winston credits: a whole number that is not negative, as text or as a number. Throws `BadRequest`. */
export function winc(given: unknown): bigint {
  if ((typeof given === "string" || typeof given === "number") && /^\d+$/.test(String(given))) return BigInt(given);
  throw new BadRequest(`winc: given ${JSON.stringify(given)}, needed a whole number`);
}

/** A byte count. Throws `BadRequest`. */
export function byteCount(given: string): number {
  const count = Number(given);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new BadRequest(`byteCount: given ${given}, needed a whole number`);
}
