import type { Failure } from "../model";
import { integerAt, isOn, mustText, objectAt, textAt, UNKNOWN, type Properties } from "../properties";
import { Refusal } from "./fault";

const WEB = ["HTTP", "HTTPS"];

/** Codes that a health check may accept (user guides, health checks): of application, of network load balancers, of gRPC. */
const CODES = { web: [200, 499], network: [200, 599], grpc: [0, 99] } as const;

/** Seconds of an application load balancer's health check that are taken when none are given. */
const DEFAULT = { interval: 30, timeout: 5 };

/** Faults of a target group that the real provider finds before it asks AWS. */
export function targetGroupFaults(inputs: Properties): Failure[] {
  const health = objectAt(inputs, "healthCheck");
  const interval = integerAt(health, "interval") ?? DEFAULT.interval;
  const web = WEB.includes(textAt(inputs, "protocol") ?? UNKNOWN);
  const timeout = integerAt(health, "timeout") ?? (web ? DEFAULT.timeout : undefined);
  const faults: Failure[] = [];
  if (health?.["protocol"] === "TCP" && (health["path"] !== undefined || health["matcher"] !== undefined))
    faults.push({ property: "healthCheck", reason: "path and matcher are for HTTP health checks, not TCP" });
  if (health?.["protocol"] === "TCP" && web)
    faults.push({ property: "healthCheck.protocol", reason: "cannot be TCP when the group's protocol is HTTP or HTTPS" });
  if (timeout !== undefined && timeout >= interval)
    faults.push({ property: "healthCheck.timeout", reason: `timeout of ${String(timeout)} s must be less than the interval of ${String(interval)} s` });
  const stickiness = objectAt(inputs, "stickiness");
  if (stickiness?.["type"] === "app_cookie" && stickiness["cookieName"] === undefined)
    faults.push({ property: "stickiness.cookieName", reason: "is needed for app_cookie" });
  return faults;
}

/** Refuses attributes of a target group that do not go with its protocol or with each other. */
export function checkTargetGroup(inputs: Properties): void {
  const protocol = mustText(inputs, "protocol");
  const web = WEB.includes(protocol);
  const refuse = (message: string): never => {
    throw new Refusal("InvalidConfigurationRequest", message);
  };
  checkHealth(inputs, web);
  checkStickiness(objectAt(inputs, "stickiness"), protocol, refuse);
  const algorithm = textAt(inputs, "loadBalancingAlgorithmType");
  if (algorithm !== undefined && !web) refuse(`'load_balancing.algorithm.type' is not supported for target groups with the ${protocol} protocol`);
  if ((integerAt(inputs, "slowStart") ?? 0) > 0 && algorithm !== undefined && algorithm !== "round_robin")
    refuse(`'slow_start.duration_seconds' cannot be used with the algorithm ${algorithm}`);
  if (inputs["loadBalancingAnomalyMitigation"] === "on" && algorithm !== "weighted_random") refuse("anomaly mitigation needs the algorithm weighted_random");
  const health = objectAt(inputs, "targetGroupHealth");
  const failover = Number(textAt(objectAt(health, "dnsFailover"), "minimumHealthyTargetsCount") ?? 1);
  const routing = integerAt(objectAt(health, "unhealthyStateRouting"), "minimumHealthyTargetsCount") ?? 1;
  if (failover < routing) refuse("the count of healthy targets for DNS failover must not be less than that for routing");
}

function checkHealth(inputs: Properties, web: boolean): void {
  const health = objectAt(inputs, "healthCheck");
  if (health?.["enabled"] === false)
    throw new Refusal("ValidationError", `Health check enabled must be true for target groups with target type '${mustText(inputs, "targetType")}'`);
  const [least, most] = CODES[inputs["protocolVersion"] === "GRPC" ? "grpc" : web ? "web" : "network"];
  const codes = (textAt(health, "matcher") ?? "").split(/[,-]/).filter((code) => code !== "");
  if (codes.some((code) => Number(code) < least || Number(code) > most))
    throw new Refusal("ValidationError", `Health check matcher '${codes.join()}' must be within '${String(least)}-${String(most)}' inclusive`);
}

function checkStickiness(stickiness: Properties | undefined, protocol: string, refuse: (message: string) => never): void {
  if (stickiness === undefined || (stickiness["enabled"] !== undefined && !isOn(stickiness, "enabled"))) return;
  const type = mustText(stickiness, "type");
  if (protocol === "TLS") refuse("You cannot enable stickiness on target groups with the TLS protocol");
  if (type.endsWith("_cookie") !== WEB.includes(protocol)) refuse(`Stickiness type '${type}' is not supported for target groups with the ${protocol} protocol`);
  if (/^AWSALB/.test(textAt(stickiness, "cookieName") ?? "")) throw new Refusal("ValidationError", "Cookie names that begin with AWSALB are reserved");
}
