import { between, flag, list, matching, number, object, oneOf, text } from "../model";
import { mustText, textAt } from "../properties";
import { hex } from "./cloud";
import { Refusal } from "./fault";
import { cleanName, isLoadBalancerName, PROTOCOLS } from "./loadBalancers";
import { awsModel } from "./model";
import * as refer from "./references";
import { checkTargetGroup, targetGroupFaults } from "./targetGroupRules";
import * as types from "./types";
import { vpcOfSubnet } from "./vpc";

const API = "Elastic Load Balancing v2";

/** `off`, or a whole number of at least 1. */
const threshold = matching(/^(off|[1-9]\d*)$/, "expected off or a whole number");

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
      slowStart: number({ default: 0, rule: (seconds) => (seconds === 0 ? undefined : between(30, 900)(seconds)) }),
      ipAddressType: text({ computed: true, replaces: true, rule: oneOf("ipv4", "ipv6") }),
      loadBalancingCrossZoneEnabled: text({ computed: true, rule: oneOf("true", "false", "use_load_balancer_configuration") }),
      protocolVersion: text({ computed: true, replaces: true, rule: oneOf("HTTP1", "HTTP2", "GRPC") }),
      loadBalancingAlgorithmType: text({ computed: true, rule: oneOf("round_robin", "least_outstanding_requests", "weighted_random") }),
      loadBalancingAnomalyMitigation: text({ computed: true, rule: oneOf("on", "off") }),
      stickiness: object(
        {
          enabled: flag(),
          type: text({ required: true, rule: oneOf("lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto") }),
          cookieDuration: number({ rule: between(1, 604_800) }),
          cookieName: text(),
        },
        { computed: true },
      ),
      targetGroupHealth: object(
        {
          dnsFailover: object({ minimumHealthyTargetsCount: text({ rule: threshold }), minimumHealthyTargetsPercentage: text({ rule: threshold }) }),
          unhealthyStateRouting: object({
            minimumHealthyTargetsCount: number({ rule: between(1, 1000) }),
            minimumHealthyTargetsPercentage: text({ rule: threshold }),
          }),
        },
        { computed: true },
      ),
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
          matcher: text({ computed: true, rule: matching(/^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/, "expected codes such as 200, 200,202 or 200-299") }),
          path: text({ computed: true, rule: matching(/^\/.{0,1023}$/, "expected 1 to 1024 characters that begin with /") }),
          port: text({
            rule: (port) =>
              port === "traffic-port" || between(1, 65_535)(Number(port)) === undefined ? undefined : `expected a port or traffic-port, got ${port}`,
          }),
          protocol: text({ rule: oneOf("HTTP", "HTTPS", "TCP") }),
        },
        { computed: true },
      ),
    },
    outputs: ["arn", "arnSuffix", "loadBalancerArns"],
    rule: targetGroupFaults,
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.by(types.TARGET_GROUP, "name", name) !== undefined)
        throw new Refusal("DuplicateTargetGroupName", `A target group with the same name '${name}' exists, but with different settings`);
      checkTargetGroup(inputs);
      const suffix = `targetgroup/${name}/${hex(16)}`;
      const arn = cloud.arn("elasticloadbalancing", suffix);
      const web = PROTOCOLS.application.includes(mustText(inputs, "protocol"));
      return {
        id: arn,
        outputs: {
          arn,
          arnSuffix: suffix,
          loadBalancerArns: [],
          ipAddressType: textAt(inputs, "ipAddressType") ?? "ipv4",
          protocolVersion: textAt(inputs, "protocolVersion") ?? (web ? "HTTP1" : ""),
          loadBalancingAlgorithmType: textAt(inputs, "loadBalancingAlgorithmType") ?? (web ? "round_robin" : ""),
        },
      };
    },
    update: ({ inputs }) => {
      checkTargetGroup(inputs);
      return { outputs: {} };
    },
  },
  "tagged",
);

/** A target of a group: an instance by its id, or an address of the VPC. */
export const targetGroupAttachment = awsModel(
  {
    type: types.TARGET_GROUP_ATTACHMENT,
    noun: "ELBv2 Target",
    api: API,
    calls: { create: "RegisterTargets", update: "RegisterTargets", delete: "DeregisterTargets" },
    scope: "region",
    inputs: {
      targetGroupArn: text({ required: true, replaces: true, refers: refer.targetGroup("goesToo") }),
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
