import { z } from "zod";

/** What a run came to: how many checks passed, and each that failed, by its name and why. */
export interface Outcome {
  passed: number;
  failures: string[];
}

export const outcomeSchema: z.ZodType<Outcome> = z.object({ passed: z.int(), failures: z.array(z.string()) });

/** The last words of a run. Failures are said again here: whoever keeps only the end of a log still learns what failed. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  return [...failures.map((failure) => `FAILED ${failure}`), `${String(passed)} passed, ${String(failures.length)} failed`, ""].join("\n");
}
