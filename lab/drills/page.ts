import type { SelfHostedBlueprint } from "../../blueprint/types";
import { recoveryBound, type Wait } from "../../sla/recovery";
import type { Drill } from "./drill";
import type { TrialRecord } from "./results";
import { byDrill, spread } from "./summary";

/** The results page: every drill with what it breaks, what was promised and why, and what was measured. */
export function resultsPage(blueprint: SelfHostedBlueprint, drills: readonly Drill[], records: readonly TrialRecord[], pictures: ReadonlySet<string>): string {
  const results = byDrill(records.filter(({ superseded }) => superseded === undefined));
  const earlier = byDrill(records.filter(({ superseded }) => superseded !== undefined));
  const done = drills.filter(({ name }) => results.has(name));
  return [
    "# Drills",
    "",
    "Written by `make drill` from `results.json`: edit neither. Each trial starts from a platform that is proven whole, sends up to 45 requests a second (the record says how many) from clients outside (information, balances, top-ups, uploads), breaks something, repairs it, waits until nothing is missing, and accounts for every acknowledged request. The gap is the longest time without an answer to one of the kinds that the failure concerns, from the failure to the end, repair included. `docs/lab.md` says what this proves and what it cannot.",
    "",
    `Versions: ${versionsText(records)}.`,
    "",
    "| drill | trials | gap, s: least / median / most | promised, s | acknowledged | lost | allowed | twice | jobs failed | GETs failed | kept |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...done.map((drill) => row(drill, results.get(drill.name) ?? [])),
    "",
    ...done.flatMap((drill) => [
      ...section(blueprint, drill, results.get(drill.name) ?? [], pictures.has(drill.name)),
      ...before(earlier.get(drill.name) ?? []),
    ]),
  ].join("\n");
}

function row({ name }: Drill, records: readonly TrialRecord[]): string {
  const sum = (of: (one: TrialRecord) => number): string => String(records.reduce((total, one) => total + of(one), 0));
  const gaps = spread(records.map((one) => one.gapSeconds)).map((seconds) => seconds.toFixed(2));
  const cells = [
    `[${name}](#${name})`,
    String(records.length),
    gaps.join(" / "),
    String(records.at(-1)?.boundSeconds ?? ""),
    sum((one) => one.acknowledged),
    sum((one) => one.acknowledgedLost),
    sum((one) => one.allowedLost),
    sum((one) => one.duplicatedEffects),
    sum((one) => one.jobsFailed),
    sum((one) => one.failedIdempotentRequests),
    `${String(records.filter((one) => one.passed).length)} of ${String(records.length)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(blueprint: SelfHostedBlueprint, drill: Drill, records: readonly TrialRecord[], picture: boolean): string[] {
  // A blueprint without MinIO's hosts has no bound for their loss: the newest trial's is the promise.
  const newest = records.at(-1);
  const { waits = [], seconds } =
    drill.objects === undefined || drill.objects === blueprint.objects.kind
      ? recoveryBound(blueprint, drill.failure)
      : { waits: newest?.waits, seconds: newest?.boundSeconds ?? 0 };
  const broken = records.filter((one) => !one.passed);
  return [
    `## ${drill.name}`,
    "",
    drill.breaks,
    "",
    `Promised: ${[`${String(seconds)} s`, ...(waits.length > 0 ? [sumText(waits)] : [])].join(" = ")}.`,
    "",
    ...(picture ? [`![requests and events of the longest trial](${drill.name}.svg)`, ""] : []),
    ...broken.map((one) => `- ${one.date}: broken: ${one.broken.join("; ")}`),
    ...(broken.length > 0 ? [""] : []),
  ];
}

/** Broken promises of an earlier design, and what was changed after them. */
function before(records: readonly TrialRecord[]): string[] {
  const broken = records.filter((one) => !one.passed);
  return broken.length === 0 ? [] : [...broken.map((one) => `- ${one.date}: broken, before this: ${one.superseded ?? ""}: ${one.broken.join("; ")}`), ""];
}

function sumText(waits: readonly Pick<Wait, "what" | "seconds">[]): string {
  return waits.map((wait) => `${wait.what} (${String(Math.round(wait.seconds * 100) / 100)})`).join(" + ");
}

function versionsText(records: readonly TrialRecord[]): string {
  const versions = records.at(-1)?.versions ?? {};
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}
