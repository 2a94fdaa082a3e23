import type { Hosting, Level } from "../blueprint/types";
import type { Away } from "./availability";
import type { Measured } from "./evidence";
import type { Basis } from "./figure";
import type { JourneyName } from "./journeys";
import { dataKinds, type DataKind, type FailureClass, type Headline } from "./objectives";

/**
 * Whether an objective is kept: `notPromised` when there is an objective and nothing that is built bounds the time;
 * `noObjective` when the contract has none.
 */
export type Kept = "yes" | "no" | "notPromised" | "noObjective";

/** What can be lost, in a word for a person. */
export const lossNames: Record<DataKind, string> = { database: "rows", queues: "jobs", objects: "objects" };

/** An objective with the bound that was computed for it. */
export interface Judged {
  objectiveSeconds: number | null;
  boundSeconds: number | null;
  kept: Kept;
  /** What the bound rests on, or why there is none. */
  source: string;
}

/** One failure of a class: how long it takes and of what that is the sum. */
export interface PromisedRecovery {
  failure: string;
  seconds: number;
  waits: { what: string; seconds: number; basis: Basis }[];
  measured: Measured | null;
}

/** A class of failures: until clients are served again, and what may be lost. */
export interface PromisedClass {
  class: FailureClass;
  what: string;
  kept: Kept;
  rto: Judged & { bases: Basis[]; recoveries: PromisedRecovery[] };
  rpo: Record<DataKind, Judged & { basis: Basis | null }>;
}

/** How much of the time a journey of the guide's is served. */
export interface PromisedJourney {
  journey: JourneyName;
  what: string;
  /** From failures: the closed form of `sla/availability.ts`, which a simulation agrees with. */
  availability: number;
  awayMinutesPerYear: number;
  away: { cause: Away["cause"]; minutesPerYear: number }[];
  /** If everything were away as often as AWS's agreements allow. */
  agreedAvailability: number;
  /** The guide's figure for the level. */
  objective: number;
  kept: Kept;
}

/** What a stack costs, of all that `sla/cost/` says of it. */
export interface PromisedCost {
  monthlyUsd: number;
  /** With every group at its maximum. */
  maximumMonthlyUsd: number;
  /** The oldest month that one of its prices is known for. */
  pricesAsOf: string;
}

/** Everything that a stack promises, as plain data. */
export interface Promised {
  level: Level;
  hosting: Hosting;
  regions: string[];
  classes: PromisedClass[];
  journeys: PromisedJourney[];
  /** The guide's pair, and why the objectives are not it. */
  headline: Headline;
  cost: PromisedCost | null;
}

/** What no number is promised for, a line for each reason. */
export function unpromised(classes: readonly PromisedClass[]): { what: string; of: string[]; why: string }[] {
  return classes.flatMap(({ what, rto, rpo }) => {
    const all = [{ of: "time", ...rto }, ...dataKinds.map((kind) => ({ of: lossNames[kind], ...rpo[kind] }))].filter((one) => one.boundSeconds === null);
    return [...new Set(all.map(({ source }) => source))].map((why) => ({ what, of: all.filter(({ source }) => source === why).map((one) => one.of), why }));
  });
}
