import { missing } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const replicationLagAlarmed = rule({
  name: "replication-lag-alarmed",
  group: "detection",
  description:
    "at level 3 with managed services an alarm in the second region rings when its database is further behind than what may be lost, or says nothing, and the Region switch plan hears it",
  why: "What a lost region loses is how far the other is behind at that moment: nothing but the lag itself can tell (audit A71).",
  limits: {
    lagMilliseconds: { what: "milliseconds that the second region's database may be behind", stricter: "lower", of: () => 10_000 },
    noticeSeconds: { what: "seconds until the alarm rings", stricter: "lower", of: () => 120 },
  },
  judge: (stack, { lagMilliseconds, noticeSeconds }) =>
    stack.regions
      // Of own hosts no bound of the lag is promised (objectives-kept), since nothing measures it yet.
      .filter(({ blueprint }) => blueprint.site === "standby" && blueprint.hosting === "managed")
      .flatMap((region) => {
        const alarms = alarmsOf(stack, region);
        return alarms.length === 0
          ? [missing(region, "an alarm of the database's lag, in this region")]
          : alarms.flatMap((alarm) => judgeAlarm(stack, alarm, lagMilliseconds, noticeSeconds));
      }),
});

function alarmsOf(stack: Stack, { blueprint }: Region): Item[] {
  if (blueprint.hosting !== "managed") return [];
  return stack
    .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(
      (alarm) =>
        alarm.data.region === blueprint.region &&
        alarm.at("namespace") === "AWS/RDS" &&
        alarm.at("metricName") === "AuroraGlobalDBReplicationLag" &&
        alarm.at("dimensions.DBClusterIdentifier") === blueprint.database.identifier,
    );
}

function judgeAlarm(stack: Stack, alarm: Item, lagMilliseconds: number, noticeSeconds: number): Violation[] {
  const violation = (promised: string, found: string, fix: string): Violation => ({ urn: alarm.urn, promised, found, fix });
  const [threshold, seconds] = [alarm.number("threshold"), alarm.number("period") * alarm.number("evaluationPeriods")];
  const ringsAbove = ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold"].includes(alarm.text("comparisonOperator"));
  const missingData = alarm.text("treatMissingData");
  return [
    ...(ringsAbove && threshold <= lagMilliseconds && alarm.text("statistic") === "Maximum"
      ? []
      : [
          violation(
            `ringing when the largest lag is above ${String(lagMilliseconds)} ms`,
            `${alarm.text("statistic")} ${alarm.text("comparisonOperator")} ${String(threshold)}`,
            `set threshold to ${String(lagMilliseconds)} or less, statistic Maximum, GreaterThanThreshold`,
          ),
        ]),
    ...(seconds <= noticeSeconds
      ? []
      : [violation(`ringing within ${String(noticeSeconds)} s`, `after ${String(seconds)} s`, "lower period or evaluationPeriods")]),
    ...(missingData === "breaching"
      ? []
      : [violation("ringing when nothing is known of the lag", `treatMissingData ${missingData}`, "set treatMissingData to breaching")]),
    ...(alarm.flag("actionsEnabled") && isHeard(stack, alarm)
      ? []
      : [
          violation(
            "somebody who hears it",
            "no action, and no plan that has it",
            "name it in the Region switch plan's associatedAlarms, or give it alarmActions",
          ),
        ]),
  ];
}

function isHeard(stack: Stack, alarm: Item): boolean {
  return (
    stack.ofType("aws:arcregionswitch/plan:Plan").some((plan) => plan.references("associatedAlarms").includes(alarm.urn)) ||
    alarm.references("alarmActions").length > 0 ||
    (alarm.has("alarmActions") && alarm.list("alarmActions").length > 0)
  );
}
