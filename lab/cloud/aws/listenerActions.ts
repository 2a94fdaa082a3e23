import { between, flag, list, matching, number, object, oneOf, set, text, type Failure, type Shape } from "../model";
import { integerAt, mustText, objectAt, objectsAt, textAt, UNKNOWN, type Properties } from "../properties";
import type { Resource } from "../record";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import * as refer from "./references";
import * as types from "./types";

/** Limits of actions (Elastic Load Balancing API: ForwardActionConfig, TargetGroupTuple, FixedResponseActionConfig). */
const LIMIT = { groups: 5, weight: 999, stickySeconds: 604_800, bodyCharacters: 1024 };

/** Protocols of target groups that a listener of a protocol can forward to (user guides of both load balancers). */
const FORWARDS: Record<string, string[]> = {
  HTTP: ["HTTP", "HTTPS"],
  HTTPS: ["HTTP", "HTTPS"],
  TCP: ["TCP", "TCP_UDP"],
  TLS: ["TCP", "TLS"],
  UDP: ["UDP", "TCP_UDP"],
  TCP_UDP: ["TCP_UDP"],
};

const group = (): Shape =>
  text({ refers: refer.targetGroup({ code: "ResourceInUse", message: (id) => `Target group '${id}' is currently in use by a listener or a rule` }) });

/** What a listener or a rule does with a request. */
export const actions = (): Shape =>
  list(
    object({
      type: text({ required: true, rule: oneOf("forward", "redirect", "fixed-response") }),
      order: number({ computed: true, rule: between(1, 50_000) }),
      targetGroupArn: group(),
      forward: object({
        targetGroups: set(object({ arn: { ...group(), required: true }, weight: number({ computed: true, rule: between(0, LIMIT.weight) }) }), {
          required: true,
          rule: (groups) =>
            groups.length >= 1 && groups.length <= LIMIT.groups
              ? undefined
              : `expected 1 to ${String(LIMIT.groups)} target groups, got ${String(groups.length)}`,
        }),
        stickiness: object({ duration: number({ required: true, rule: between(1, LIMIT.stickySeconds) }), enabled: flag() }),
      }),
      fixedResponse: object({
        contentType: text({ required: true, rule: oneOf("text/plain", "text/css", "text/html", "application/javascript", "application/json") }),
        messageBody: text({ rule: matching(/^[\s\S]{0,1024}$/, `at most ${String(LIMIT.bodyCharacters)} characters`) }),
        statusCode: text({ computed: true, rule: matching(/^[245]\d\d$/, "expected a status of 2xx, 4xx or 5xx") }),
      }),
      redirect: object({
        host: text({ rule: matching(/^.{1,128}$/, "expected 1 to 128 characters") }),
        path: text({ rule: matching(/^\/.{0,127}$/, "expected 1 to 128 characters that begin with /") }),
        port: text({
          rule: (port) => (port === "#{port}" || between(1, 65_535)(Number(port)) === undefined ? undefined : `expected a port or #{port}, got ${port}`),
        }),
        protocol: text({ rule: oneOf("HTTP", "HTTPS", "#{protocol}") }),
        query: text({ rule: matching(/^.{0,128}$/, "at most 128 characters") }),
        statusCode: text({ required: true, rule: oneOf("HTTP_301", "HTTP_302") }),
      }),
    }),
    { required: true },
  );

const PARTS: Record<string, string[]> = { forward: ["targetGroupArn", "forward"], redirect: ["redirect"], "fixed-response": ["fixedResponse"] };

/** Faults of the actions at a property: each type has its own part and no other. */
export function actionFaults(inputs: Properties, property: string): Failure[] {
  return objectsAt(inputs, property).flatMap((action, index) => {
    const type = textAt(action, "type") ?? UNKNOWN;
    const needed = PARTS[type] ?? [];
    const given = Object.values(PARTS)
      .flat()
      .filter((part) => action[part] !== undefined);
    const right = given.length === 1 && needed.includes(given[0] ?? "");
    return type === UNKNOWN || right
      ? []
      : [
          {
            property: `${property}[${String(index)}]`,
            reason: `an action of type ${type} needs ${needed.join(" or ")} and nothing else, got ${given.join(", ")}`,
          },
        ];
  });
}

/** Where actions are to happen. */
export interface Site {
  cloud: Cloud;
  balancer: Resource;
  protocol: string;
  port: number | undefined;
}

/** Refuses actions that this listener, or a rule on it, cannot have. */
export function checkActions(wanted: Properties[], site: Site): void {
  if (wanted.length !== 1)
    throw new Refusal(wanted.length === 0 ? "ValidationError" : "TooManyActions", "Exactly one action of type forward, redirect or fixed-response is needed");
  for (const action of wanted) {
    if (action["type"] !== "forward" && site.balancer.properties["loadBalancerType"] === "network")
      throw new Refusal("InvalidLoadBalancerAction", `Actions of type '${mustText(action, "type")}' are not supported by network load balancers`);
    const answer = objectAt(action, "fixedResponse");
    if (answer !== undefined && answer["statusCode"] === undefined)
      throw new Refusal("ValidationError", "A status code must be specified for a fixed response");
    checkRedirect(objectAt(action, "redirect"), site);
    for (const arn of groupsOf(action)) checkForward(arn, site);
  }
}

function checkRedirect(redirect: Properties | undefined, { protocol, port }: Site): void {
  if (redirect === undefined) return;
  const target = { host: "#{host}", path: "/#{path}", port: "#{port}", protocol: "#{protocol}", query: "#{query}", ...redirect };
  if (protocol === "HTTPS" && target.protocol === "HTTP") throw new Refusal("InvalidLoadBalancerAction", "A redirect from HTTPS to HTTP is not supported");
  const stays =
    ["#{protocol}", protocol].includes(target.protocol) &&
    ["#{port}", String(port)].includes(target.port) &&
    target.host === "#{host}" &&
    target.path === "/#{path}" &&
    target.query === "#{query}";
  if (stays) throw new Refusal("InvalidLoadBalancerAction", "The redirect configuration is not valid because it creates a loop.");
}

function checkForward(arn: string, { cloud, balancer, protocol }: Site): void {
  const target = cloud.must(types.TARGET_GROUP, arn).properties;
  const modern = ["HTTP2", "GRPC"].includes(textAt(target, "protocolVersion") ?? "");
  if (FORWARDS[protocol]?.includes(mustText(target, "protocol")) !== true || (modern && protocol !== "HTTPS"))
    throw new Refusal("IncompatibleProtocols", `The protocol of target group '${arn}' is not compatible with a ${protocol} listener`);
  if (target["vpcId"] !== balancer.properties["vpcId"])
    throw new Refusal("InvalidConfigurationRequest", "The target group and the load balancer must be in the same VPC");
  if (balancersOf(cloud, arn).some((other) => other !== balancer.id))
    throw new Refusal("TargetGroupAssociationLimit", `The following target groups cannot be associated with more than one load balancer: ${arn}`);
}

function groupsOf(action: Properties): string[] {
  const single = textAt(action, "targetGroupArn");
  return [...(single === undefined ? [] : [single]), ...objectsAt(objectAt(action, "forward"), "targetGroups").map((one) => mustText(one, "arn"))];
}

/** ARNs of the load balancers that route to a target group, by a listener or by a rule. */
export function balancersOf(cloud: Cloud, targetGroupArn: string): string[] {
  const routes = (resource: Resource, property: string): boolean =>
    objectsAt(resource.properties, property).some((action) => groupsOf(action).includes(targetGroupArn));
  const listeners = [
    ...cloud.all(types.LISTENER).filter((one) => routes(one, "defaultActions")),
    ...cloud
      .all(types.LISTENER_RULE)
      .filter((one) => routes(one, "actions"))
      .map((one) => cloud.must(types.LISTENER, mustText(one.properties, "listenerArn"))),
  ];
  return [...new Set(listeners.map((one) => mustText(one.properties, "loadBalancerArn")))];
}

/** The site of a listener that exists. */
export function siteOf(cloud: Cloud, listener: Resource): Site {
  const { properties } = listener;
  const balancer = cloud.must(types.LOAD_BALANCER, mustText(properties, "loadBalancerArn"));
  return { cloud, balancer, protocol: mustText(properties, "protocol"), port: integerAt(properties, "port") };
}
