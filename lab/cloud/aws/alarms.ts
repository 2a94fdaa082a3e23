import { between, flag, map, matching, number, object, oneOf, set, text, type Failure, type Shape } from "../model";
import { integerAt, isOn, mustText, objectsAt, textAt, textsAt, type Properties } from "../properties";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import { expressionFault } from "./metricMath";
import { awsModel } from "./model";
import { METRIC_ALARM } from "./types";

/** Limits of PutMetricAlarm (CloudWatch API reference). */
const LIMIT = { actions: 5, queries: 20, daySeconds: 86_400, weekSeconds: 604_800, hourSeconds: 3600 };

const COMPARISONS = ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];
const SIZES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];
const UNITS = ["Seconds", "Microseconds", "Milliseconds", ...SIZES, ...SIZES.map((size) => `${size}/Second`), "Percent", "Count", "Count/Second", "None"];
const STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];
const EXTENDED = /^(((p|tm|tc|ts|wm)(\d{1,2}(\.\d{1,10})?|100))|IQM|(PR|TC|TM|TS|WM)\(.+\))$/;

const isPeriod = (seconds: number): string | undefined =>
  [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0) ? undefined : `expected 10, 20, 30 or a multiple of 60 s, got ${String(seconds)}`;

const actions = (): Shape =>
  set(text({ rule: matching(/^arn:aws[a-z-]*:[a-z0-9-]+:/, "expected an ARN") }), {
    rule: (arns) => (arns.length <= LIMIT.actions ? undefined : `at most ${String(LIMIT.actions)} actions, got ${String(arns.length)}`),
  });

const unit = (): Shape => text({ rule: oneOf(...UNITS) });

/** An alarm on a metric or on an expression of metrics. CloudWatch does not ask whether its actions or its metric exist. */
export const metricAlarm = awsModel(
  {
    type: METRIC_ALARM,
    noun: "CloudWatch Metric Alarm",
    api: "CloudWatch",
    calls: { create: "PutMetricAlarm", update: "PutMetricAlarm", delete: "DeleteAlarms" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({ replaces: true, rule: matching(/^[^]{1,255}$/, "expected 1 to 255 characters") }),
      alarmDescription: text({ rule: matching(/^[^]{0,1024}$/, "at most 1024 characters") }),
      comparisonOperator: text({ required: true, rule: oneOf(...COMPARISONS) }),
      evaluationPeriods: number({ required: true, rule: between(1, LIMIT.weekSeconds) }),
      datapointsToAlarm: number({ rule: between(1, LIMIT.weekSeconds) }),
      threshold: number({ required: true }),
      namespace: text({ rule: matching(/^[^:].{0,254}$/, "expected 1 to 255 characters, not beginning with a colon") }),
      metricName: text({ rule: matching(/^.{1,255}$/, "expected 1 to 255 characters") }),
      dimensions: map({ rule: (names) => (Object.keys(names).length <= 30 ? undefined : "at most 30 dimensions") }),
      statistic: text({ rule: oneOf(...STATISTICS) }),
      extendedStatistic: text({ rule: matching(EXTENDED, "expected a percentile or trimmed statistic, e.g. p99") }),
      period: number({ rule: isPeriod }),
      unit: unit(),
      metricQueries: set(
        object({
          id: text({ required: true, rule: matching(/^[a-z]\w{0,254}$/, "must begin with a lower-case letter and have letters, digits and _") }),
          expression: text(),
          label: text(),
          period: number({ rule: isPeriod }),
          returnData: flag(),
          metric: object({
            metricName: text({ required: true }),
            namespace: text(),
            dimensions: map(),
            period: number({ required: true, rule: isPeriod }),
            stat: text({ required: true, rule: (stat) => (STATISTICS.includes(stat) || EXTENDED.test(stat) ? undefined : `not a statistic: ${stat}`) }),
            unit: unit(),
          }),
        }),
      ),
      treatMissingData: text({ default: "missing", rule: oneOf("missing", "ignore", "breaching", "notBreaching") }),
      actionsEnabled: flag({ default: true }),
      alarmActions: actions(),
      okActions: actions(),
      insufficientDataActions: actions(),
    },
    outputs: ["arn"],
    rule: metricFaults,
    create: ({ inputs, cloud }) => {
      judge(inputs, cloud);
      const name = mustText(inputs, "name");
      return { id: name, outputs: { arn: cloud.arn("cloudwatch", `alarm:${name}`) } };
    },
    update: ({ inputs, cloud }) => {
      judge(inputs, cloud);
      return { outputs: {} };
    },
  },
  "tagged",
);

function metricFaults(inputs: Properties): Failure[] {
  const given = (key: string): boolean => inputs[key] !== undefined;
  if (given("metricName") === given("metricQueries")) return [{ property: "metricName", reason: "exactly one of metricName, metricQueries must be given" }];
  const single = ["namespace", "period", "statistic", "extendedStatistic", "dimensions", "unit"];
  if (given("metricQueries")) return single.filter(given).map((property) => ({ property, reason: `${property} conflicts with metricQueries` }));
  const faults = ["namespace", "period"].filter((key) => !given(key)).map((property) => ({ property, reason: `metricName needs ${property}` }));
  if (given("statistic") === given("extendedStatistic"))
    faults.push({ property: "statistic", reason: "exactly one of statistic, extendedStatistic must be given" });
  return faults;
}

const invalid = (message: string): Refusal => new Refusal("ValidationError", message);

function judge(inputs: Properties, cloud: Cloud): void {
  const periods = integerAt(inputs, "evaluationPeriods") ?? 1;
  if ((integerAt(inputs, "datapointsToAlarm") ?? periods) > periods) throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
  const queries = objectsAt(inputs, "metricQueries");
  if (inputs["metricQueries"] !== undefined) judgeQueries(queries);
  const lengths = [inputs, ...queries, ...queries.flatMap((query) => objectsAt({ all: [query["metric"] ?? ""] }, "all"))].map(
    (one) => integerAt(one, "period") ?? 0,
  );
  const period = Math.max(...lengths);
  const longest = period >= LIMIT.hourSeconds ? LIMIT.weekSeconds : LIMIT.daySeconds;
  if (period * periods > longest) throw invalid(`Metrics cannot be checked across more than ${String(longest)} seconds (EvaluationPeriods * Period)`);
  for (const arn of ["alarmActions", "okActions", "insufficientDataActions"].flatMap((key) => textsAt(inputs, key))) {
    const region = arn.split(":")[3] ?? "";
    if (region !== "" && region !== cloud.region) throw invalid(`Invalid region ${region} specified. Only ${cloud.region} is supported. (${arn})`);
  }
}

function judgeQueries(queries: Properties[]): void {
  if (queries.length > LIMIT.queries) throw invalid(`at most ${String(LIMIT.queries)} metric queries`);
  if (new Set(queries.map((query) => query["id"])).size !== queries.length) throw invalid("The values for parameter id in the metric queries must be unique");
  if (queries.filter((query) => isOn(query, "returnData")).length !== 1) throw invalid("Exactly one element of the metrics list should return data.");
  const odd = queries.find((query) => (query["metric"] === undefined) === (query["expression"] === undefined));
  const ids = queries.map((query) => mustText(query, "id"));
  const fault = queries.map((query) => expressionFault(mustText(query, "id"), textAt(query, "expression") ?? "", ids)).find((one) => one !== undefined);
  if (fault !== undefined) throw invalid(fault);
  if (odd !== undefined) throw invalid(`Exactly one of metric and expression must be given (query ${mustText(odd, "id")})`);
}
