import { z } from "zod";
import type { Hosting } from "../blueprint/types";
import type { Evidence } from "./evidence";

/** What evidence needs of a trial's record (`docs/drills/*.json`), which has more. */
const trialSchema = z.object({
  drill: z.string(),
  date: z.iso.datetime(),
  gapSeconds: z.number(),
  passed: z.boolean(),
  acknowledgedLost: z.int(),
  // Managed services may lose nothing in a drill: a record of theirs does not say so each time.
  allowedLost: z.number().default(0),
  /** What was changed since: the trial is of another design. */
  superseded: z.string().optional(),
});

/** What the trials of each drill showed. Throws when the records are none. */
export function evidenceOf(hosting: Hosting, records: unknown): Evidence[] {
  const trials = z
    .array(trialSchema)
    .parse(records)
    .filter(({ superseded }) => superseded === undefined);
  return [...new Set(trials.map(({ drill }) => drill))].map((drill) => {
    const own = trials.filter((one) => one.drill === drill);
    return {
      hosting,
      drill,
      trials: own.length,
      worstSeconds: Math.max(...own.map(({ gapSeconds }) => gapSeconds)),
      broken: own.filter(({ passed }) => !passed).length,
      lost: own.reduce((sum, one) => sum + Math.max(0, one.acknowledgedLost - one.allowedLost), 0),
      date: own.map(({ date }) => date).reduce((latest, one) => (one > latest ? one : latest)),
    };
  });
}
