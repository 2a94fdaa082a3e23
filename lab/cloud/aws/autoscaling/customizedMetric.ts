import { flag, matching, number, object, oneOf, set, text, type Failure, type Shape } from "../../model";
import { hasUnknown, mustText, objectsAt, textAt, type Properties } from "../../properties";
import { Refusal } from "../fault";
import { expressionFault } from "../metricMath";

/** Most metrics and expressions of a target tracking policy (EC2 Auto Scaling API, CustomizedMetricSpecification). */
const METRICS = 10;

const dimensions = (): Shape => set(object({ name: text({ required: true }), value: text({ required: true }) }));
const period = (): Shape =>
  number({ rule: (seconds) => ([10, 30, 60].includes(seconds) ? undefined : `expected 10, 30 or 60 seconds, got ${String(seconds)}`) });

/** A metric of one's own: a single one, or what an expression makes of several. */
export const customizedMetric = (): Shape =>
  object({
    metricName: text(),
    namespace: text(),
    statistic: text({ rule: oneOf("Average", "Minimum", "Maximum", "SampleCount", "Sum") }),
    unit: text(),
    period: period(),
    metricDimensions: dimensions(),
    metrics: set(
      object({
        id: text({ required: true, rule: matching(/^[a-z][a-zA-Z0-9_]{0,254}$/, "expected a lower-case letter and up to 254 letters, digits and _") }),
        expression: text({ rule: matching(/^[\s\S]{1,2047}$/, "expected 1 to 2047 characters") }),
        label: text(),
        returnData: flag(),
        metricStat: object({
          metric: object({ metricName: text({ required: true }), namespace: text({ required: true }), dimensions: dimensions() }, { required: true }),
          stat: text({ required: true, rule: matching(/^.{1,100}$/, "expected 1 to 100 characters") }),
          period: period(),
          unit: text(),
        }),
      }),
    ),
  });

const SINGLE = ["metricName", "namespace", "statistic"];

/** Faults that the real provider finds: a single metric beside several, and what is neither metric nor expression. */
export function customizedFaults(specification: Properties | undefined): Failure[] {
  const path = "targetTrackingConfiguration.customizedMetricSpecification";
  const beside =
    specification?.["metrics"] === undefined ? [] : [...SINGLE, "unit", "period", "metricDimensions"].filter((key) => specification[key] !== undefined);
  const faults: Failure[] = beside.length > 0 ? [{ property: `${path}.metrics`, reason: `conflicts with ${beside.join(", ")}` }] : [];
  for (const metric of objectsAt(specification, "metrics")) {
    if ((metric["expression"] === undefined) === (metric["metricStat"] === undefined) && !hasUnknown(metric))
      faults.push({ property: `${path}.metrics`, reason: `${textAt(metric, "id") ?? ""}: exactly one of expression, metricStat must be given` });
  }
  return faults;
}

/** Refuses a specification that is incomplete, or whose metrics do not come to one time series. */
export function checkCustomized(specification: Properties): void {
  const refuse = (message: string): never => {
    throw new Refusal("ValidationError", message);
  };
  if (specification["metrics"] === undefined) {
    const missing = SINGLE.filter((key) => specification[key] === undefined);
    if (missing.length > 0) refuse(`CustomizedMetricSpecification needs ${missing.join(", ")}, or Metrics`);
    return;
  }
  const metrics = objectsAt(specification, "metrics");
  const ids = metrics.map((metric) => mustText(metric, "id"));
  if (metrics.length === 0 || metrics.length > METRICS) refuse(`Metrics must have 1 to ${String(METRICS)} members, got ${String(metrics.length)}`);
  if (new Set(ids).size !== ids.length) refuse(`The ids of metrics must be unique, got ${ids.join(", ")}`);
  // the real provider's default of returnData is true
  const returned = metrics.filter((metric) => metric["returnData"] !== false);
  if (returned.length !== 1)
    refuse(`Exactly one metric must have ReturnData true, got ${returned.length === 0 ? "none" : returned.map((metric) => mustText(metric, "id")).join(", ")}`);
  for (const metric of metrics) {
    const fault = expressionFault(mustText(metric, "id"), textAt(metric, "expression") ?? "", ids);
    if (fault !== undefined) refuse(fault);
  }
}
