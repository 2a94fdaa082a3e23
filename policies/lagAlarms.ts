import type { Metric } from "../blueprint/types";
import type { Item } from "./stack/item";
import type { Region, Stack } from "./stack/stack";

/** An alarm of how far the second region's database is behind. */
export interface LagAlarm {
  item: Item;
  statistic: string;
  periodSeconds: number;
  /** The largest lag that does not ring. */
  mostSeconds: number;
  /** Whether it rings as soon when nothing is said. */
  missesSilence: boolean;
}

/** The alarms of the lag in a region, by whatever says it there: AWS of Aurora, and of own hosts those that take writes. */
export function lagAlarms(stack: Stack, { blueprint }: Region): LagAlarm[] {
  const alarms = stack.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").filter(({ data }) => data.region === blueprint.region);
  return alarms.flatMap((alarm) => {
    const found = blueprint.hosting === "managed" ? ofAurora(alarm, blueprint.database.identifier) : ofOwnHosts(alarm, blueprint.pair?.lag.metric);
    return found === null ? [] : [{ item: alarm, ...found }];
  });
}

type Found = Omit<LagAlarm, "item"> | null;

function ofAurora(alarm: Item, identifier: string): Found {
  if (alarm.at("namespace") !== "AWS/RDS" || alarm.at("metricName") !== "AuroraGlobalDBReplicationLag") return null;
  if (alarm.at("dimensions.DBClusterIdentifier") !== identifier) return null;
  return {
    statistic: alarm.text("statistic"),
    periodSeconds: alarm.number("period"),
    mostSeconds: alarm.number("threshold") / 1000,
    missesSilence: alarm.text("treatMissingData") === "breaching",
  };
}

/** Silence is filled by an expression: what is missing alone, CloudWatch judges some periods later. */
function ofOwnHosts(alarm: Item, metric: Metric | undefined): Found {
  if (metric === undefined || !alarm.has("metricQueries")) return null;
  const queries = [...alarm.list("metricQueries").keys()].map((index) => `metricQueries.${String(index)}`);
  const said = queries.find(
    (query) =>
      alarm.at(`${query}.metric.namespace`) === metric.namespace &&
      alarm.at(`${query}.metric.metricName`) === metric.metric &&
      alarm.at(`${query}.metric.dimensions.${metric.dimension.Name}`) === metric.dimension.Value,
  );
  if (said === undefined) return null;
  const judged = queries.find((query) => alarm.at(`${query}.returnData`) === true);
  const expression = judged === undefined ? undefined : alarm.at(`${judged}.expression`);
  const filled = /^FILL\((\w+), *(\d+)\)$/.exec(typeof expression === "string" ? expression : "");
  const threshold = alarm.number("threshold");
  return {
    statistic: alarm.text(`${said}.metric.stat`),
    periodSeconds: alarm.number(`${said}.metric.period`),
    mostSeconds: threshold,
    missesSilence: filled?.[1] === alarm.text(`${said}.id`) && Number(filled[2]) > threshold && alarm.text("treatMissingData") === "breaching",
  };
}
