import Table from "cli-table3";
import type { TrialRecord } from "./results";

/** Records by drill, in the order of their first. */
export function byDrill<Trial extends { drill: string }>(records: readonly Trial[]): Map<string, Trial[]> {
  const drills = new Map<string, Trial[]>();
  for (const record of records) drills.set(record.drill, [...(drills.get(record.drill) ?? []), record]);
  return drills;
}

/** Least, median and most of some numbers. */
export function spread(numbers: readonly number[]): [least: number, median: number, most: number] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return [sorted[0] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
}

/** The records as a table, a row a drill. */
export function summary(records: readonly TrialRecord[]): string {
  const table = new Table({
    head: ["drill", "trials", "gap, s: least / median / most", "promised", "acknowledged", "lost", "twice", "failed jobs", "failed GETs", "kept"],
    style: { head: [], border: [], compact: true },
  });
  const sum = (
    of: readonly TrialRecord[],
    key: "acknowledged" | "acknowledgedLost" | "duplicatedEffects" | "jobsFailed" | "failedIdempotentRequests",
  ): string => String(of.reduce((total, one) => total + one[key], 0));
  for (const [drill, of] of byDrill(records)) {
    table.push([
      drill,
      String(of.length),
      spread(of.map((one) => one.gapSeconds))
        .map((seconds) => seconds.toFixed(2))
        .join(" / "),
      String(of[0]?.boundSeconds ?? ""),
      sum(of, "acknowledged"),
      sum(of, "acknowledgedLost"),
      sum(of, "duplicatedEffects"),
      sum(of, "jobsFailed"),
      sum(of, "failedIdempotentRequests"),
      `${String(of.filter((one) => one.passed).length)}/${String(of.length)}`,
    ]);
  }
  return table.toString();
}
