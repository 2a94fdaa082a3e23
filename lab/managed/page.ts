import { spread } from "../drills/summary";
import type { ManagedDrill } from "./drill";
import type { ManagedRecord } from "./results";

/** The page of the drills of managed services. */
export function managedPage(drills: readonly ManagedDrill[], records: readonly ManagedRecord[]): string {
  const done = drills.map((drill) => ({ drill, of: records.filter((one) => one.drill === drill.name) })).filter(({ of }) => of.length > 0);
  const versions = Object.entries(records.at(-1)?.versions ?? {});
  return [
    "# Drills of managed services",
    "",
    "Written by `make drill-managed` from `managed.json`: edit neither. Machines of level 2's Auto Scaling groups, booted from their launch templates' user data, meet a database and two Redis as AWS would run them, under 45 requests a second from clients outside. A service's writer is lost or changed, and its name moves; the resolver goes on answering the old address for its time to live of 5 s. The gap is from the change of the name to the first acknowledged write of every kind that the service concerns. How long AWS takes until it changes the name is AWS's word, and not measured here. Of `scale-in` the gap is from the word in the machine's metadata to the completion of its lifecycle hook, and its limit is the hook's.",
    "",
    `Versions: ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "",
    "| drill | trials | gap, s: least / median / most | promised, s | last failed request, s after the name moved, at most | acknowledged | lost | twice | jobs failed | GETs failed | POSTs failed | kept |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ...done.map(({ drill, of }) => row(drill, of)),
    "",
    ...done.flatMap(({ drill, of }) => [
      `**${drill.name}.** ${drill.breaks}`,
      "",
      ...of.filter((one) => !one.passed).map((one) => `- ${one.date}: broken: ${one.broken.join("; ")}`),
      ...(of.every((one) => one.passed) ? [] : [""]),
    ]),
  ].join("\n");
}

function row({ name }: ManagedDrill, records: readonly ManagedRecord[]): string {
  const sum = (of: (one: ManagedRecord) => number): string => String(records.reduce((total, one) => total + of(one), 0));
  const cells = [
    name,
    String(records.length),
    spread(records.map((one) => one.gapSeconds))
      .map((seconds) => seconds.toFixed(2))
      .join(" / "),
    String(records[0]?.boundSeconds ?? ""),
    Math.max(...records.map((one) => one.lastFailureSeconds)).toFixed(2),
    sum((one) => one.acknowledged),
    sum((one) => one.acknowledgedLost),
    sum((one) => one.duplicatedEffects),
    sum((one) => one.jobsFailed),
    sum((one) => one.failedGets),
    sum((one) => one.failedPosts),
    `${String(records.filter((one) => one.passed).length)} of ${String(records.length)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}
