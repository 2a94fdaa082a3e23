import { charge, type Pricer } from "../subject";

const daysOfMonth = 30;
/** A target-tracking policy makes an alarm for too much and one for too little. */
const alarmsOfPolicy = 2;

export const watchingPricers: Record<string, Pricer> = {
  "aws:cloudwatch/logGroup:LogGroup": (subject) => {
    if (!subject.text("name").endsWith("/flow-logs"))
      subject.fault("name", subject.property("name"), "a log group whose contents sla/cost/pricers/watching.ts knows", "say there what it takes in");
    return [charge("monitoring", "logStorage", subject.amount("flowLogGib") * (subject.number("retentionInDays") / daysOfMonth))];
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": (subject) => {
    const queries = subject.listIfAny("metricQueries").length;
    const period = subject.property("period");
    if (typeof period === "number" && period < 60) subject.fault("period", period, "60 s or more", "add the price of a high-resolution alarm to sla/cost");
    return [charge("monitoring", "alarm", Math.max(1, queries))];
  },
  "aws:autoscaling/policy:Policy": (subject) => {
    if (subject.text("policyType") !== "TargetTrackingScaling") subject.fault("policyType", subject.property("policyType"), "TargetTrackingScaling");
    const queries = ["targetTrackingConfiguration", "customizedMetricSpecification", "metrics"];
    if (subject.property(...queries) === undefined) return [charge("monitoring", "alarm", alarmsOfPolicy)];
    const metrics = subject.list(...queries).filter((_, index) => subject.property(...queries, index, "metricStat") !== undefined);
    const own = metrics.filter((_, index) => !String(subject.property(...queries, index, "metricStat", "metric", "namespace")).startsWith("AWS/"));
    return [charge("monitoring", "alarm", alarmsOfPolicy * metrics.length), charge("monitoring", "metric", own.length)];
  },
};
