import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

const databaseTypes = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];

export const logsKept = rule({
  name: "logs-kept",
  group: "detection",
  description: "every log group keeps its lines for days that it names, and every managed database sends its log to one",
  why: "Why a primary was lost is asked in the morning, when the machine that knew is gone.",
  limits: {
    logDays: { what: "days for which log lines are kept", stricter: "higher", of: () => 30 },
  },
  judge: (stack, { logDays }) => [
    ...stack.ofType("aws:cloudwatch/logGroup:LogGroup").flatMap((group) => kept(group, logDays)),
    ...stack.ofType(...databaseTypes).flatMap(exported),
  ],
});

function kept(group: Item, days: number): Violation[] {
  const found = group.number("retentionInDays");
  if (found >= days) return [];
  return [
    {
      urn: group.urn,
      promised: `log lines kept for ${String(days)} days or more`,
      found: found === 0 ? "no end, and so a bill without one" : `${String(found)} days`,
      fix: `set retentionInDays to ${String(days)} or more`,
    },
  ];
}

function exported(database: Item): Violation[] {
  const logs = database.has("enabledCloudwatchLogsExports") ? database.list("enabledCloudwatchLogsExports") : [];
  if (logs.includes("postgresql")) return [];
  return [
    {
      urn: database.urn,
      promised: "PostgreSQL's log in CloudWatch",
      found: logs.length === 0 ? "no exports" : logs.join(", "),
      fix: "add postgresql to enabledCloudwatchLogsExports",
    },
  ];
}
