import { between, flag, list, number, object, oneOf, text, type Failure } from "../model";
import { integerAt, mustText, objectsAt, textAt, type Properties } from "../properties";
import { hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { cleanName, isLoadBalancerName } from "./loadBalancers";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";
import { vpcOfSubnet } from "./vpc";

const API = "Elastic Load Balancing v2";
const port = () => number({ rule: between(1, 65_535) });

const PROTOCOLS = { application: ["HTTP", "HTTPS"], network: ["TCP", "UDP", "TCP_UDP", "TLS"] };

/** Where a load balancer sends traffic. */
export const targetGroup = awsModel(
  {
    type: types.TARGET_GROUP,
    noun: "ELBv2 Target Group",
    api: API,
    calls: { create: "CreateTargetGroup", update: "ModifyTargetGroup", delete: "DeleteTargetGroup" },
    scope: "region",
    naming: { property: "name", longest: 32, clean: cleanName },
    inputs: {
      name: text({ replaces: true, rule: isLoadBalancerName }),
      port: number({ required: true, replaces: true, rule: between(1, 65_535) }),
      protocol: text({ required: true, replaces: true, rule: oneOf(...PROTOCOLS.application, ...PROTOCOLS.network) }),
      targetType: text({ default: "instance", replaces: true, rule: oneOf("instance", "ip") }),
      vpcId: text({ required: true, replaces: true, refers: refer.vpc("nothing") }),
      connectionTermination: flag({ computed: true }),
      deregistrationDelay: number({ default: 300, rule: between(0, 3600) }),
      preserveClientIp: text({ computed: true }),
      proxyProtocolV2: flag({ default: false }),
      slowStart: number({ default: 0, rule: between(0, 900) }),
      ipAddressType: text({ computed: true, replaces: true, rule: oneOf("ipv4", "ipv6") }),
      loadBalancingCrossZoneEnabled: text({ computed: true, rule: oneOf("true", "false", "use_load_balancer_configuration") }),
      stickiness: object({ enabled: flag(), type: text({ required: true }), cookieDuration: number(), cookieName: text() }, { computed: true }),
      targetFailovers: list(object({ onDeregistration: text({ required: true }), onUnhealthy: text({ required: true }) }), { computed: true }),
      targetHealthStates: list(object({ enableUnhealthyConnectionTermination: flag({ required: true }), unhealthyDrainingInterval: number() }), {
        computed: true,
      }),
      healthCheck: object(
        {
          enabled: flag(),
          healthyThreshold: number({ rule: between(2, 10) }),
          unhealthyThreshold: number({ rule: between(2, 10) }),
          interval: number({ rule: between(5, 300) }),
          timeout: number({ computed: true, rule: between(2, 120) }),
          matcher: text({ computed: true }),
          path: text({ computed: true }),
          port: text(),
          protocol: text({ rule: oneOf("HTTP", "HTTPS", "TCP") }),
        },
        { computed: true },
      ),
    },
    outputs: ["arn", "arnSuffix", "loadBalancerArns"],
    rule: healthFaults,
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.by(types.TARGET_GROUP, "name", name) !== undefined)
        throw new Refusal("DuplicateTargetGroupName", `A target group with the same name '${name}' exists, but with different settings`);
      const suffix = `targetgroup/${name}/${hex(16)}`;
      const arn = cloud.arn("elasticloadbalancing", suffix);
      return { id: arn, outputs: { arn, arnSuffix: suffix, loadBalancerArns: [], ipAddressType: textAt(inputs, "ipAddressType") ?? "ipv4" } };
    },
  },
  "tagged",
);

function healthFaults(inputs: Properties): Failure[] {
  const health = inputs["healthCheck"];
  if (typeof health !== "object" || health === null || Array.isArray(health)) return [];
  const interval = integerAt(health, "interval") ?? 30;
  const timeout = integerAt(health, "timeout");
  if (health["protocol"] === "TCP" && (health["path"] !== undefined || health["matcher"] !== undefined))
    return [{ property: "healthCheck", reason: "path and matcher are for HTTP health checks, not TCP" }];
  return timeout !== undefined && timeout >= interval
    ? [{ property: "healthCheck.timeout", reason: `timeout of ${String(timeout)} s must be less than the interval of ${String(interval)} s` }]
    : [];
}

/** A port of a load balancer. */
export const listener = awsModel(
  {
    type: types.LISTENER,
    noun: "ELBv2 Listener",
    api: API,
    calls: { create: "CreateListener", update: "ModifyListener", delete: "DeleteListener" },
    scope: "region",
    inputs: {
      loadBalancerArn: text({
        required: true,
        replaces: true,
        refers: {
          to: [{ type: types.LOAD_BALANCER, by: "arn" }],
          code: "LoadBalancerNotFound",
          message: (arn) => `Load balancer '${arn}' not found`,
          whenTargetGoes: "goesToo",
        },
      }),
      port: port(),
      protocol: text({ computed: true, rule: oneOf(...PROTOCOLS.application, ...PROTOCOLS.network) }),
      certificateArn: text(),
      sslPolicy: text({ computed: true }),
      alpnPolicy: text(),
      tcpIdleTimeoutSeconds: number({ computed: true, rule: between(60, 6000) }),
      defaultActions: list(
        object({
          type: text({ required: true, rule: oneOf("forward", "redirect", "fixed-response") }),
          order: number({ computed: true }),
          targetGroupArn: text({
            refers: targetGroupByArn({ code: "ResourceInUse", message: (id) => `Target group '${id}' is currently in use by a listener or a rule` }),
          }),
          fixedResponse: object({ contentType: text({ required: true }), messageBody: text(), statusCode: text({ computed: true }) }),
          redirect: object({ host: text(), path: text(), port: text(), protocol: text(), query: text(), statusCode: text({ required: true }) }),
        }),
        { required: true },
      ),
    },
    outputs: ["arn"],
    create: ({ inputs, cloud }) => {
      const balancerArn = mustText(inputs, "loadBalancerArn");
      checkListener(inputs, cloud, undefined);
      const arn = `${balancerArn.replace(":loadbalancer/", ":listener/")}/${hex(16)}`;
      return { id: arn, outputs: { arn, protocol: textAt(inputs, "protocol") ?? "" } };
    },
    update: ({ inputs, cloud, resource }) => {
      checkListener(inputs, cloud, resource.id);
      return { outputs: {} };
    },
  },
  "tagged",
);

function targetGroupByArn(going: ReturnType<typeof refer.vpc>["whenTargetGoes"]): ReturnType<typeof refer.vpc> {
  return {
    to: [{ type: types.TARGET_GROUP, by: "arn" }],
    code: "TargetGroupNotFound",
    message: (arn) => `Target groups '${arn}' not found`,
    whenTargetGoes: going,
  };
}

function checkListener(inputs: Properties, cloud: Cloud, ownId: string | undefined): void {
  const balancer = cloud.must(types.LOAD_BALANCER, mustText(inputs, "loadBalancerArn"));
  const kind = balancer.properties["loadBalancerType"] === "network" ? "network" : "application";
  const protocol = textAt(inputs, "protocol") ?? "";
  if (!PROTOCOLS[kind].includes(protocol)) throw new Refusal("ValidationError", `Protocol '${protocol}' must be one of '${PROTOCOLS[kind].join(", ")}'`);
  const secure = ["HTTPS", "TLS"].includes(protocol);
  if (secure && textAt(inputs, "certificateArn") === undefined)
    throw new Refusal("CertificateNotFound", `A certificate must be specified for ${protocol} listeners`);
  if (!secure && textAt(inputs, "certificateArn") !== undefined)
    throw new Refusal("ValidationError", `A certificate cannot be specified for ${protocol} listeners`);
  const taken = cloud
    .all(types.LISTENER)
    .some((one) => one.id !== ownId && one.properties["loadBalancerArn"] === balancer.id && one.properties["port"] === inputs["port"]);
  if (taken || inputs["port"] === undefined)
    throw new Refusal(
      taken ? "DuplicateListener" : "ValidationError",
      taken ? `A listener already exists on this port for load balancer '${balancer.id}'` : "A listener needs a port",
    );
  for (const action of objectsAt(inputs, "defaultActions")) {
    const arn = textAt(action, "targetGroupArn");
    if (action["type"] === "forward" && arn === undefined) throw new Refusal("ValidationError", "A target group must be specified for a forward action");
    if (arn === undefined) continue;
    const group = cloud.must(types.TARGET_GROUP, arn).properties;
    if (!PROTOCOLS[kind].includes(mustText(group, "protocol")))
      throw new Refusal("IncompatibleProtocols", `The protocol of target group '${arn}' is not compatible with a ${protocol} listener`);
    if (group["vpcId"] !== balancer.properties["vpcId"])
      throw new Refusal("InvalidConfigurationRequest", "The target group and the load balancer must be in the same VPC");
  }
}

/** A target of a group: an instance by its id, or an address of the VPC. */
export const targetGroupAttachment = awsModel(
  {
    type: types.TARGET_GROUP_ATTACHMENT,
    noun: "ELBv2 Target",
    api: API,
    calls: { create: "RegisterTargets", update: "RegisterTargets", delete: "DeregisterTargets" },
    scope: "region",
    inputs: {
      targetGroupArn: text({ required: true, replaces: true, refers: targetGroupByArn("goesToo") }),
      targetId: text({
        required: true,
        replaces: true,
        refers: {
          ...refer.instance("goesToo"),
          code: "InvalidTarget",
          message: (id) => `The following targets do not exist: '${id}'`,
          accepts: (id) => !id.startsWith("i-"),
        },
      }),
      port: number({ replaces: true, rule: between(1, 65_535) }),
      availabilityZone: text({ replaces: true }),
    },
    outputs: [],
    create: ({ inputs, cloud }) => {
      const arn = mustText(inputs, "targetGroupArn");
      const targetId = mustText(inputs, "targetId");
      const group = cloud.must(types.TARGET_GROUP, arn).properties;
      const byInstance = group["targetType"] === "instance";
      if (byInstance !== targetId.startsWith("i-"))
        throw new Refusal("ValidationError", `The target '${targetId}' is not of the group's target type ${mustText(group, "targetType")}`);
      const subnetId = textAt(cloud.get(types.INSTANCE, targetId)?.properties, "subnetId");
      if (subnetId !== undefined && vpcOfSubnet(cloud, subnetId) !== group["vpcId"])
        throw new Refusal("InvalidTarget", `The target '${targetId}' is not in the target group's VPC`);
      return { id: `${arn}-${hex(26)}`, outputs: {} };
    },
  },
  "untagged",
);
