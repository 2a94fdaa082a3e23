import type { Category } from "../charge";
import type { MachineKind, PriceName } from "../prices/catalogue";

/** So many of a price's units in a month. */
export interface Part {
  price: PriceName | { kind: MachineKind; type: string };
  quantity: number;
  region?: string;
  /** Where it is not its line's. */
  category?: Category;
}

/** A line of a table of the guide, and the same at the listed prices: its types, its counts. */
export interface GuideLine {
  what: string;
  category: Category;
  guideUsd: number;
  parts: Part[];
  /** Why the two differ. */
  why: string;
}

export interface GuideTable {
  title: string;
  /** Lines of the guide. */
  at: string;
  /** Which stack of ours is for the same. */
  stack: string;
  lines: GuideLine[];
}
