import { flag, matching, number, oneOf, set, text, type Fields } from "../../model";
import { integerAt, isOn, textAt, textsAt, type Properties } from "../../properties";
import { hex, type Cloud } from "../cloud";
import { Refusal } from "../fault";
import { principalsOf, statementsOf } from "../policy";
import * as refer from "../references";
import { ROLE } from "../types";
import type { Engine } from "./versions";

/** Seconds between two values of Enhanced Monitoring; 0 is off (CreateDBInstance). */
const INTERVALS = [0, 1, 5, 10, 15, 30, 60];
/** Days that Performance Insights keeps: 7, whole months of 31 days, or two years (CreateDBInstance). */
const RETENTION = { free: 7, month: 31, mostMonths: 23, twoYears: 731 };
/** Least days that the advanced mode of Database Insights keeps (RDS user guide, Database Insights). */
const ADVANCED_DAYS = 465;
/** Logs that can go to CloudWatch (RDS and Aurora user guides, "Publishing PostgreSQL logs"). */
const LOGS: Record<Engine, string[]> = {
  postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
  "aurora-postgresql": ["postgresql", "instance", "iam-db-auth-error"],
};

const isRetention = (days: number): string | undefined =>
  days === RETENTION.free || days === RETENTION.twoYears || (days > 0 && days % RETENTION.month === 0 && days / RETENTION.month <= RETENTION.mostMonths)
    ? undefined
    : `expected 7, a multiple of 31 up to 713, or 731 days; got ${String(days)}`;

/** Inputs of Enhanced Monitoring and Performance Insights, which instances and clusters share. Members of a cluster keep its Performance Insights. */
export const monitoringInputs = (insights: "off unless given" | "kept"): Fields => ({
  monitoringInterval: number({ default: 0, rule: (every) => (INTERVALS.includes(every) ? undefined : `expected one of ${INTERVALS.join(", ")}`) }),
  monitoringRoleArn: text({ computed: true, rule: matching(/^arn:aws/, "expected an ARN"), refers: refer.roleByArn("InvalidParameterValue") }),
  performanceInsightsEnabled: flag(insights === "kept" ? { computed: true } : { default: false }),
  performanceInsightsKmsKeyId: text({
    computed: true,
    rule: matching(/^arn:aws/, "expected an ARN"),
    refers: refer.key("KMSKeyNotAccessibleFault"),
  }),
  performanceInsightsRetentionPeriod: number({ computed: true, rule: isRetention }),
});

/** Inputs of what only whole databases have: Database Insights and logs. */
export const insightInputs = (): Fields => ({
  databaseInsightsMode: text({ computed: true, rule: oneOf("standard", "advanced") }),
  enabledCloudwatchLogsExports: set(text()),
});

/** What monitoring these inputs come to, after the settings before; refuses what cannot be. */
export function monitoringOf(inputs: Properties, cloud: Cloud, before: Properties = {}): Properties {
  const roleArn = textAt(inputs, "monitoringRoleArn") ?? textAt(before, "monitoringRoleArn") ?? "";
  const interval = integerAt(inputs, "monitoringInterval") ?? 0;
  if (interval > 0 && roleArn === "") throw combination("A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.");
  if (interval > 0 && !trustsMonitoring(roleArn, cloud))
    throw new Refusal("InvalidParameterValue", "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING");
  return { monitoringRoleArn: roleArn, ...performanceInsights(inputs, cloud, before) };
}

function performanceInsights(inputs: Properties, cloud: Cloud, before: Properties): Properties {
  const keyId = textAt(inputs, "performanceInsightsKmsKeyId");
  const days = integerAt(inputs, "performanceInsightsRetentionPeriod");
  if (!isOn({ ...before, ...inputs }, "performanceInsightsEnabled")) {
    if (keyId !== undefined || days !== undefined) throw combination("Performance Insights must be enabled to set its key or its retention period.");
    return { performanceInsightsEnabled: false, performanceInsightsKmsKeyId: "", performanceInsightsRetentionPeriod: 0 };
  }
  const old = isOn(before, "performanceInsightsEnabled") ? before : {};
  const oldKey = textAt(old, "performanceInsightsKmsKeyId");
  if (keyId !== undefined && oldKey !== undefined && keyId !== oldKey)
    throw combination("You can't change the KMS key of Performance Insights once it is enabled.");
  return {
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keyId ?? oldKey ?? cloud.arn("kms", "alias/aws/rds"),
    performanceInsightsRetentionPeriod: days ?? integerAt(old, "performanceInsightsRetentionPeriod") ?? RETENTION.free,
  };
}

/** The mode of Database Insights; refuses an advanced one without what it needs. */
export function insightsMode(settings: Properties): string {
  const mode = textAt(settings, "databaseInsightsMode") ?? "standard";
  const days = integerAt(settings, "performanceInsightsRetentionPeriod") ?? 0;
  if (mode === "advanced" && (!isOn(settings, "performanceInsightsEnabled") || days < ADVANCED_DAYS))
    throw combination(`To enable the Advanced mode of Database Insights, enable Performance Insights and keep at least ${String(ADVANCED_DAYS)} days.`);
  return mode;
}

/** Refuses logs that the engine does not have. */
export function checkLogs(settings: Properties, engine: Engine, version: string): void {
  const odd = textsAt(settings, "enabledCloudwatchLogsExports").filter((log) => !LOGS[engine].includes(log));
  if (odd.length > 0) throw combination(`You cannot use the log types '${odd.join(", ")}' with engine version ${engine} ${version}.`);
}

/** A resource id as RDS makes it, e.g. `db-` or `cluster-` and 26 letters and digits. */
export function resourceId(prefix: "db" | "cluster" | "cluster-global"): string {
  return `${prefix}-${hex(26).toUpperCase()}`;
}

function trustsMonitoring(roleArn: string, cloud: Cloud): boolean {
  const role = cloud.record.all(ROLE).find((one) => one.properties["arn"] === roleArn);
  return statementsOf(textAt(role?.properties, "assumeRolePolicy") ?? "{}").some((statement) =>
    principalsOf(statement, "Service").includes("monitoring.rds.amazonaws.com"),
  );
}

function combination(message: string): Refusal {
  return new Refusal("InvalidParameterCombination", message);
}
