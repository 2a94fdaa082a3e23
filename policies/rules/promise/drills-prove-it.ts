import { drillsOf } from "../../../sla/evidence";
import { promiseOf } from "../../../sla/promise";
import type { PromisedRecovery } from "../../../sla/promised";
import { planOf } from "../../plan";
import { rule, type Violation } from "../../rule";

const dayMilliseconds = 86_400_000;

export const drillsProveIt = rule({
  name: "drills-prove-it",
  group: "promise",
  enforcement: "advisory",
  description: "every time that a drill can show was shown by one, lately, and within its bound",
  why: "A bound that nobody has measured is a hope; one that was measured a year ago is about other hosts.",
  limits: {
    maximumAgeDays: { what: "age of a drill's last trial, in days", stricter: "lower", of: (level) => ({ 1: 365, 2: 180, 3: 90 })[level] },
    minimumTrials: { what: "trials of a drill", stricter: "higher", of: () => 3 },
  },
  judge: (stack, limits, { evidence, today }) => {
    const { hosting, classes } = promiseOf(planOf(stack), { evidence });
    const command = hosting === "managed" ? "drill-managed" : "drill";
    const shown = classes.flatMap(({ rto }) => rto.recoveries).filter(({ failure }) => drillsOf(hosting, failure).length > 0);
    return shown.flatMap((recovery) => {
      const fault = faultOf(recovery, limits, today);
      return fault === null ? [] : [violation(recovery, fault, `make ${command} DRILL=${drillsOf(hosting, recovery.failure).join(",")} TRIALS=5`)];
    });
  },
});

function faultOf({ seconds, measured }: PromisedRecovery, limits: Readonly<Record<"maximumAgeDays" | "minimumTrials", number>>, today: Date): string | null {
  if (measured === null) return "no drill has shown it";
  const ageDays = (today.getTime() - Date.parse(measured.date)) / dayMilliseconds;
  // Of managed services a drill begins when the name moves; the whole bound holds for it all the more.
  if (measured.worstSeconds > seconds) return `a drill took ${String(measured.worstSeconds)} s`;
  if (measured.lost > 0) return `${String(measured.lost)} acknowledged and lost in a drill`;
  if (measured.trials < limits.minimumTrials) return `${String(measured.trials)} trials, needed ${String(limits.minimumTrials)}`;
  if (ageDays > limits.maximumAgeDays) return `the last trial is ${String(Math.floor(ageDays))} days old, at most ${String(limits.maximumAgeDays)}`;
  return null;
}

function violation({ failure, seconds }: PromisedRecovery, found: string, fix: string): Violation {
  return { urn: null, promised: `${failure}: ${String(seconds)} s`, found, fix };
}
