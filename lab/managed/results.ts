import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

/** One trial of one drill of managed services. Times are in seconds; an event's is since the failure. */
const managedRecordSchema = z.strictObject({
  drill: z.string(),
  date: z.string(),
  versions: z.record(z.string(), z.string()),
  /** From the failure to the change of the name's answer: AWS's part, set by the drill. 0 where no name moves. */
  movedAfterSeconds: z.number(),
  /** From the change of the name's answer to the first acknowledged write of each kind that counts, the longest; of `scale-in`, from the metadata's word to the hook's completion. */
  gapSeconds: z.number(),
  boundSeconds: z.number(),
  /** From the change of the name's answer to the last request that failed; 0 when none failed after it. */
  lastFailureSeconds: z.number(),
  acknowledged: z.number(),
  acknowledgedLost: z.number(),
  duplicatedEffects: z.number(),
  jobsFailed: z.number(),
  failedGets: z.number(),
  failedPosts: z.number(),
  events: z.array(z.object({ seconds: z.number(), what: z.string() })),
  passed: z.boolean(),
  /** What of the promise was broken. */
  broken: z.array(z.string()),
});

export type ManagedRecord = z.output<typeof managedRecordSchema>;

export function readManaged(file: string): ManagedRecord[] {
  return existsSync(file) ? z.array(managedRecordSchema).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
}

/** Adds a record behind the others. */
export function addManaged(file: string, record: ManagedRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  const lines = [...readManaged(file), record].map((one) => JSON.stringify(one));
  writeFileSync(file, `[\n${lines.join(",\n")}\n]\n`);
}
