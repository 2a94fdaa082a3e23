import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { between, flag, matching, number, oneOf, set, text } from "../model";
import { integerAt, isOn, mustText, objectsAt, textAt, textsAt, type Properties } from "../properties";
import { addressOf, blockOf, contains } from "./cidr";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import { awsModel } from "./model";
import * as refer from "./references";
import { HEALTH_CHECK, METRIC_ALARM } from "./types";

/** Regions that Route 53 checks from (API reference, HealthCheckConfig), and the fewest that a check can choose. */
const CHECKERS = ["us-east-1", "us-west-1", "us-west-2", "eu-west-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1"];
const FEWEST_CHECKERS = 3;
const MOST_CHILDREN = 256;

/** Blocks whose addresses Route 53's checkers cannot reach. */
const UNREACHABLE = ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"];

type Kind = "endpoint" | "calculated" | "alarm";

const KINDS: Record<string, Kind> = {
  HTTP: "endpoint",
  HTTPS: "endpoint",
  HTTP_STR_MATCH: "endpoint",
  HTTPS_STR_MATCH: "endpoint",
  TCP: "endpoint",
  CALCULATED: "calculated",
  CLOUDWATCH_METRIC: "alarm",
};

/** What is said of one kind of check only. */
const OF_KIND: Record<Kind, string[]> = {
  endpoint: ["fqdn", "ipAddress", "port", "resourcePath", "searchString", "requestInterval", "failureThreshold", "regions", "measureLatency", "enableSni"],
  calculated: ["childHealthchecks", "childHealthThreshold"],
  alarm: ["cloudwatchAlarmName", "cloudwatchAlarmRegion", "insufficientDataHealthStatus"],
};

/** A check of an endpoint from the internet, of a CloudWatch alarm, or of other checks. */
export const healthCheck = awsModel(
  {
    type: HEALTH_CHECK,
    noun: "Route53 Health Check",
    api: "Route 53",
    calls: { create: "CreateHealthCheck", update: "UpdateHealthCheck", delete: "DeleteHealthCheck" },
    scope: "global",
    inputs: {
      type: text({ required: true, replaces: true, rule: oneOf(...Object.keys(KINDS)) }),
      fqdn: text({ rule: matching(/^.{0,255}$/, "at most 255 characters") }),
      ipAddress: text({ rule: (address) => (isIP(address) === 0 ? `expected an IP address, got ${address}` : undefined) }),
      port: number({ rule: between(1, 65_535) }),
      resourcePath: text({ rule: matching(/^.{0,255}$/, "at most 255 characters") }),
      searchString: text({ rule: matching(/^[^]{0,255}$/, "at most 255 characters") }),
      requestInterval: number({ replaces: true, rule: (seconds) => ([10, 30].includes(seconds) ? undefined : `expected 10 or 30 s, got ${String(seconds)}`) }),
      failureThreshold: number({ rule: between(1, 10) }),
      regions: set(text({ rule: oneOf(...CHECKERS) })),
      measureLatency: flag({ default: false, replaces: true }),
      enableSni: flag({ computed: true }),
      childHealthchecks: set(text({ refers: refer.healthCheck("InvalidInput") })),
      childHealthThreshold: number({ rule: between(0, MOST_CHILDREN) }),
      cloudwatchAlarmName: text(),
      cloudwatchAlarmRegion: text(),
      insufficientDataHealthStatus: text({ rule: oneOf("Healthy", "Unhealthy", "LastKnownStatus") }),
      invertHealthcheck: flag({ default: false }),
      disabled: flag({ default: false }),
      // the provider makes the reference unique with 37 characters more, of the 64 that the API takes
      referenceName: text({ replaces: true, rule: matching(/^.{0,27}$/, "at most 27 characters") }),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      judge(inputs, cloud);
      const id = randomUUID();
      const secure = mustText(inputs, "type").startsWith("HTTPS");
      return { id, outputs: { arn: cloud.arn("route53", `healthcheck/${id}`), enableSni: inputs["enableSni"] ?? secure } };
    },
    update: ({ inputs, cloud }) => {
      judge(inputs, cloud);
      return { outputs: {} };
    },
  },
  "tagged",
);

const invalid = (message: string): Refusal => new Refusal("InvalidInput", `Invalid parameter: ${message}`);

function judge(inputs: Properties, cloud: Cloud): void {
  const type = mustText(inputs, "type");
  const kind = KINDS[type] ?? "endpoint";
  for (const [other, keys] of Object.entries(OF_KIND)) {
    const stray = other === kind ? undefined : keys.find((key) => inputs[key] !== undefined && inputs[key] !== false);
    if (stray !== undefined) throw invalid(`${stray} cannot be specified for health checks of type ${type}`);
  }
  if (kind === "endpoint") judgeEndpoint(inputs, type);
  if (kind === "alarm") judgeAlarm(inputs, cloud);
  if (kind === "calculated" && textsAt(inputs, "childHealthchecks").length > MOST_CHILDREN)
    throw invalid(`more than ${String(MOST_CHILDREN)} child health checks`);
  if (kind === "calculated" && integerAt(inputs, "childHealthThreshold") === undefined) throw invalid("a calculated health check needs a health threshold");
}

function judgeEndpoint(inputs: Properties, type: string): void {
  const address = textAt(inputs, "ipAddress");
  if (address === undefined && textAt(inputs, "fqdn") === undefined)
    throw invalid("Basic health checks must specify an IP address or a fully qualified domain name");
  if (address !== undefined && !isReachable(address)) throw invalid(`${address} is local, private, nonroutable or multicast: Route 53 cannot check it`);
  if (type === "TCP" && integerAt(inputs, "port") === undefined) throw invalid("TCP health checks must specify a port");
  if (type === "TCP" && (inputs["resourcePath"] !== undefined || isOn(inputs, "enableSni")))
    throw invalid("TCP health checks have no resource path and no SNI");
  if (type.startsWith("HTTP") && !type.startsWith("HTTPS") && isOn(inputs, "enableSni")) throw invalid("SNI is for HTTPS health checks");
  if (type.endsWith("STR_MATCH") !== (inputs["searchString"] !== undefined))
    throw invalid("a search string is for health checks of type HTTP_STR_MATCH and HTTPS_STR_MATCH, which need one");
  if (inputs["regions"] !== undefined && textsAt(inputs, "regions").length < FEWEST_CHECKERS)
    throw invalid(`at least ${String(FEWEST_CHECKERS)} regions must be selected, got ${String(textsAt(inputs, "regions").length)}`);
}

function isReachable(address: string): boolean {
  if (isIP(address) === 6) return !/^(::|f[cd]|fe[89ab]|ff)/i.test(address);
  const value = addressOf(address) ?? 0;
  return !UNREACHABLE.some((written) => {
    const block = blockOf(written);
    return block !== undefined && contains(block, { first: value, last: value, prefix: 32 });
  });
}

// Route 53 watches the alarm's metric itself, so it takes only alarms that it can evaluate (API reference, AlarmIdentifier).
function judgeAlarm(inputs: Properties, cloud: Cloud): void {
  const name = textAt(inputs, "cloudwatchAlarmName");
  const region = textAt(inputs, "cloudwatchAlarmRegion");
  if (name === undefined || region === undefined) throw invalid("a health check of an alarm needs the alarm's name and region");
  const alarm = cloud.in(region).get(METRIC_ALARM, name)?.properties;
  if (alarm === undefined) throw invalid(`there is no CloudWatch alarm ${name} in ${region}`);
  const periods = integerAt(alarm, "evaluationPeriods");
  const fault =
    objectsAt(alarm, "metricQueries").length > 0
      ? "metric math"
      : textAt(alarm, "extendedStatistic") !== undefined
        ? "an extended statistic"
        : (integerAt(alarm, "period") ?? 60) < 60
          ? "a high-resolution metric"
          : (integerAt(alarm, "datapointsToAlarm") ?? periods) !== periods
            ? "M out of N datapoints"
            : undefined;
  if (fault !== undefined) throw invalid(`alarm ${name} uses ${fault}, which Route 53 does not support`);
}
