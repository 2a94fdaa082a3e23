import { charge, type Pricer } from "../subject";

const daysOfMonth = 30;
/** A target-tracking policy makes an alarm for too much and one for too little. */
const alarmsOfPolicy = 2;

function isOfAws(namespace: unknown): boolean {
  return String(namespace).startsWith("AWS/");
}

export const watchingPricers: Record<string, Pricer> = {
  "aws:cloudwatch/logGroup:LogGroup": (subject) => {
    if (!subject.text("name").endsWith("/flow-logs"))
      subject.fault("name", subject.property("name"), "a log group whose contents sla/cost/pricers/watching.ts knows", "say there what it takes in");
    return [charge("monitoring", "logStorage", subject.amount("flowLogGib") * (subject.number("retentionInDays") / daysOfMonth))];
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": (subject) => {
    const queries = [...subject.listIfAny("metricQueries").keys()].filter((index) => subject.property("metricQueries", index, "metric") !== undefined);
    const own = queries.filter((index) => !isOfAws(subject.property("metricQueries", index, "metric", "namespace")));
    const period = subject.property("period");
    if (typeof period === "number" && period < 60) subject.fault("period", period, "60 s or more", "add the price of a high-resolution alarm to sla/cost");
    // A metric of one's own is billed where it is said; it is said in the regions that have an alarm of it.
    return [charge("monitoring", "alarm", Math.max(1, queries.length)), ...(own.length === 0 ? [] : [charge("monitoring", "metric", own.length)])];
  },
  "aws:autoscaling/policy:Policy": (subject) => {
    if (subject.text("policyType") !== "TargetTrackingScaling") subject.fault("policyType", subject.property("policyType"), "TargetTrackingScaling");
    const queries = ["targetTrackingConfiguration", "customizedMetricSpecification", "metrics"];
    if (subject.property(...queries) === undefined) return [charge("monitoring", "alarm", alarmsOfPolicy)];
    const metrics = subject.list(...queries).filter((_, index) => subject.property(...queries, index, "metricStat") !== undefined);
    const own = metrics.filter((_, index) => !isOfAws(subject.property(...queries, index, "metricStat", "metric", "namespace")));
    return [charge("monitoring", "alarm", alarmsOfPolicy * metrics.length), charge("monitoring", "metric", own.length)];
  },
};
