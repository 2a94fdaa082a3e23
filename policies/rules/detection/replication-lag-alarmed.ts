import { missing } from "../../comparison";
import { lagAlarms, type LagAlarm } from "../../lagAlarms";
import { plansOf } from "../../regionSwitch";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const replicationLagAlarmed = rule({
  name: "replication-lag-alarmed",
  group: "detection",
  description:
    "at level 3 an alarm in the second region, and on own hosts in each, rings when the database that waits is further behind than what may be lost, or when nobody says how far, and the Region switch plan hears it",
  why: "What a lost region loses is how far the other is behind at that moment: nothing but the lag itself can tell (audit A71). An alarm in the lost region does not ring.",
  limits: {
    lagMilliseconds: { what: "milliseconds that the second region's database may be behind", stricter: "lower", of: () => 10_000 },
    noticeSeconds: { what: "seconds until the alarm rings", stricter: "lower", of: () => 120 },
  },
  judge: (stack, { lagMilliseconds, noticeSeconds }) =>
    stack.regions.filter(isWatched).flatMap((region) => {
      const alarms = lagAlarms(stack, region);
      return alarms.length === 0
        ? [missing(region, "an alarm of the database's lag, in this region")]
        : alarms.flatMap((alarm) => judgeAlarm(stack, alarm, lagMilliseconds / 1000, noticeSeconds));
    }),
});

/** Aurora says its lag in the region that waits, and own hosts in both: after a switch the first one is it. */
function isWatched({ blueprint }: Region): boolean {
  return blueprint.hosting === "managed" ? blueprint.site === "standby" : blueprint.pair !== null;
}

function judgeAlarm(stack: Stack, alarm: LagAlarm, mostSeconds: number, noticeSeconds: number): Violation[] {
  const { item, statistic } = alarm;
  const violation = (promised: string, found: string, fix: string): Violation => ({ urn: item.urn, promised, found, fix });
  const seconds = alarm.periodSeconds * item.number("evaluationPeriods");
  const ringsAbove = ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold"].includes(item.text("comparisonOperator"));
  return [
    ...(ringsAbove && alarm.mostSeconds <= mostSeconds && statistic === "Maximum"
      ? []
      : [
          violation(
            `ringing when the largest lag is above ${String(mostSeconds)} s`,
            `${statistic} ${item.text("comparisonOperator")} ${String(alarm.mostSeconds)} s`,
            `set threshold to ${String(mostSeconds)} s or less, statistic Maximum, GreaterThanThreshold`,
          ),
        ]),
    ...(seconds <= noticeSeconds
      ? []
      : [violation(`ringing within ${String(noticeSeconds)} s`, `after ${String(seconds)} s`, "lower period or evaluationPeriods")]),
    ...(alarm.missesSilence
      ? []
      : [
          violation(
            "ringing when nothing is known of the lag",
            `treatMissingData ${item.text("treatMissingData")}, and what is missing is not counted as too far behind`,
            "set treatMissingData to breaching, and on own hosts fill what is missing with more than the threshold",
          ),
        ]),
    ...(item.flag("actionsEnabled") && isHeard(stack, item)
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
    plansOf(stack).some((plan) => plan.references("associatedAlarms").includes(alarm.urn)) ||
    alarm.references("alarmActions").length > 0 ||
    (alarm.has("alarmActions") && alarm.list("alarmActions").length > 0)
  );
}
