/**
 * What a number rests on: a sum of what is rendered, what a vendor publishes, what a drill measured, or what nobody has
 * measured and is assumed.
 */
export type Basis = "formula" | "published" | "drill" | "assumption";

/** A time with what it rests on; or none, and why there is none. */
export type Figure = { seconds: number; basis: Basis; source: string } | { seconds: null; basis: null; source: string };

/** No number, in so many words. */
export function noFigure(why: string): Figure {
  return { seconds: null, basis: null, source: why };
}
