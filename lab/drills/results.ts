import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const eventSchema = z.object({ seconds: z.number(), what: z.string() });

/** One trial of one drill. Times are in seconds; an event's is since the failure. */
export const recordSchema = z.strictObject({
  drill: z.string(),
  date: z.string(),
  versions: z.record(z.string(), z.string()),
  /** What clients sent; 45 in records from before 2026-11-27, which do not say it. */
  requestsPerSecond: z.number().optional(),
  /** Share of the machine's CPU that was idle with clients at work, before anything failed; records from before 2026-11-27 have none. */
  idleShare: z.number().optional(),
  gapSeconds: z.number(),
  boundSeconds: z.number(),
  /** What the bound is the sum of; records from before 2026-11-27 have none. */
  waits: z.array(z.object({ what: z.string(), seconds: z.number() })).optional(),
  acknowledged: z.number(),
  acknowledgedLost: z.number(),
  allowedLost: z.number(),
  duplicatedEffects: z.number(),
  jobsFailed: z.number(),
  failedIdempotentRequests: z.number(),
  failedOtherRequests: z.number(),
  inFlightRequests: z.number(),
  /** From the failure until nothing was missing any more, repair included. */
  wholeAfterSeconds: z.number(),
  events: z.array(eventSchema),
  passed: z.boolean(),
  /** What of the promise was broken. */
  broken: z.array(z.string()),
  /** What was changed since, written by hand into a record that says nothing any more of what is deployed: it is kept, and no evidence. */
  superseded: z.string().optional(),
});

export type TrialRecord = z.output<typeof recordSchema>;

/** Idle share of the machine's CPU from which a bound's seconds are the platform's own: on EC2 each host has its CPU to itself. */
const restShare = 0.25;

/**
 * What a trial says of the promise. `unmeasured`: only the seconds were too many, on a machine without rest, which adds its own.
 * What is lost, done twice or given up breaks the promise on any machine.
 */
export type Verdict = "kept" | "broken" | "unmeasured";

/** That of a trial, by its record. */
export function verdictOf({ passed, gapSeconds, boundSeconds, broken, idleShare = 1 }: TrialRecord): Verdict {
  if (passed) return "kept";
  return gapSeconds > boundSeconds && broken.length === 1 && idleShare < restShare ? "unmeasured" : "broken";
}

export function readResults(file: string): TrialRecord[] {
  return existsSync(file) ? z.array(recordSchema).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
}

/** Adds a record behind the others. */
export function addResult(file: string, record: TrialRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  const lines = [...readResults(file), record].map((one) => JSON.stringify(one));
  writeFileSync(file, `[\n${lines.join(",\n")}\n]\n`);
}
