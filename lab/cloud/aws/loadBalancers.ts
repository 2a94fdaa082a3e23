import { between, flag, list, number, object, oneOf, set, text, type Failure } from "../model";
import { isOn, mustText, objectsAt, textAt, textsAt, type Properties } from "../properties";
import { checkAccessLogs } from "./accessLogs";
import { groupsInVpc, oneSubnetAZone, takeAddress } from "./addresses";
import { hex, type Cloud } from "./cloud";
import { Refusal } from "./fault";
import { hasInternet, requireFree } from "./gateways";
import { awsModel } from "./model";
import * as refer from "./references";
import * as types from "./types";
import { mustBlock, vpcOfSubnet } from "./vpc";

/** Rule of names of load balancers and target groups. */
export const isLoadBalancerName = (name: string): string | undefined =>
  /^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name) && !name.startsWith("internal-")
    ? undefined
    : `expected 1 to 32 letters, digits and inner hyphens, not beginning with internal-; got ${name}`;

/** Name of a load balancer or target group, from the resource's name. */
export const cleanName = (name: string): string => name.replace(/[^A-Za-z0-9-]/g, "-");

/** Protocols of listeners and target groups of each kind. */
export const PROTOCOLS = { application: ["HTTP", "HTTPS"], network: ["TCP", "UDP", "TCP_UDP", "TLS"] };

/** Smallest subnet of an application load balancer: a prefix of 27 (ALB user guide, subnets). */
const LONGEST_PREFIX = 27;

/** A network or application load balancer. */
export const loadBalancer = awsModel(
  {
    type: types.LOAD_BALANCER,
    noun: "ELBv2 Load Balancer",
    api: "Elastic Load Balancing v2",
    calls: { create: "CreateLoadBalancer", update: "ModifyLoadBalancerAttributes", delete: "DeleteLoadBalancer" },
    scope: "region",
    naming: { property: "name", longest: 32, clean: cleanName },
    inputs: {
      name: text({ replaces: true, rule: isLoadBalancerName }),
      loadBalancerType: text({ default: "application", replaces: true, rule: oneOf("application", "network") }),
      internal: flag({ computed: true, replaces: true }),
      ipAddressType: text({ computed: true, rule: oneOf("ipv4", "dualstack") }),
      subnets: set(text({ refers: refer.subnet() }), { computed: true }),
      subnetMappings: list(
        object({
          subnetId: text({ required: true, replaces: true, refers: refer.subnet() }),
          allocationId: text({ replaces: true, refers: refer.allocation() }),
          privateIpv4Address: text({ replaces: true }),
        }),
        { computed: true },
      ),
      securityGroups: set(text({ refers: refer.securityGroup() }), { computed: true }),
      accessLogs: object({
        bucket: text({ required: true, refers: { ...refer.bucket(), code: "InvalidConfigurationRequest", whenTargetGoes: "nothing" } }),
        enabled: flag(),
        prefix: text({
          rule: (prefix) => (/^\/|\/$|AWSLogs/.test(prefix) ? `expected no / at the beginning or end, and not AWSLogs; got ${prefix}` : undefined),
        }),
      }),
      clientKeepAlive: number({ default: 3600, rule: between(60, 604_800) }),
      enableCrossZoneLoadBalancing: flag({ computed: true }),
      enableDeletionProtection: flag({ default: false }),
      enableHttp2: flag({ default: true }),
      enableTlsVersionAndCipherSuiteHeaders: flag({ default: false }),
      enableWafFailOpen: flag({ default: false }),
      enableXffClientPort: flag({ default: false }),
      enableZonalShift: flag({ default: false }),
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: text({ computed: true, rule: oneOf("on", "off") }),
      xffHeaderProcessingMode: text({ default: "append", rule: oneOf("append", "preserve", "remove") }),
      idleTimeout: number({ default: 60, rule: between(1, 4000) }),
      dropInvalidHeaderFields: flag({ default: false }),
      preserveHostHeader: flag({ default: false }),
      desyncMitigationMode: text({ default: "defensive", rule: oneOf("monitor", "defensive", "strictest") }),
      dnsRecordClientRoutingPolicy: text({
        default: "any_availability_zone",
        rule: oneOf("any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"),
      }),
    },
    outputs: ["arn", "arnSuffix", "dnsName", "vpcId", "zoneId"],
    rule: oneWayToPlace,
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.by(types.LOAD_BALANCER, "name", name) !== undefined)
        throw new Refusal("DuplicateLoadBalancerName", `A load balancer with the same name '${name}' exists, but with different settings`);
      const placed = place(inputs, cloud);
      checkPrivateLink(inputs);
      checkAccessLogs(inputs, cloud);
      const groups = textsAt(inputs, "securityGroups");
      const network = inputs["loadBalancerType"] === "network";
      const suffix = `${network ? "net" : "app"}/${name}/${hex(16)}`;
      const arn = cloud.arn("elasticloadbalancing", `loadbalancer/${suffix}`);
      return {
        id: arn,
        internal: { addresses: placed.addresses },
        outputs: {
          arn,
          arnSuffix: suffix,
          dnsName: `${isOn(inputs, "internal") ? "internal-" : ""}${name}-${hex(10)}.${network ? `elb.${cloud.region}` : `${cloud.region}.elb`}.amazonaws.com`,
          vpcId: placed.vpcId,
          zoneId: "Z35SXDOTRQ7X7K",
          internal: isOn(inputs, "internal"),
          ipAddressType: textAt(inputs, "ipAddressType") ?? "ipv4",
          subnets: placed.subnets,
          subnetMappings: inputs["subnetMappings"] ?? placed.subnets.map((subnetId) => ({ subnetId })),
          securityGroups: groups.length > 0 || network ? groups : [mustText(cloud.must(types.VPC, placed.vpcId).properties, "defaultSecurityGroupId")],
          enableCrossZoneLoadBalancing: inputs["enableCrossZoneLoadBalancing"] ?? !network,
          ...(network ? { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: textAt(inputs, PRIVATE_LINK) ?? (groups.length > 0 ? "on" : "") } : {}),
        },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      const groups = textsAt(inputs, "securityGroups");
      const groupsBefore = textsAt(resource.properties, "securityGroups");
      if (groups.length > 0 && groupsBefore.length === 0)
        throw new Refusal(
          "InvalidConfigurationRequest",
          "You cannot set security groups on a network load balancer that was made without: the real provider would make a new one; give it another name",
        );
      checkPrivateLink({ ...inputs, securityGroups: inputs["securityGroups"] ?? groupsBefore });
      checkAccessLogs(inputs, cloud);
      groupsInVpc(
        cloud,
        groups,
        mustText(resource.properties, "vpcId"),
        (id) => new Refusal("InvalidConfigurationRequest", `One or more security groups are invalid: ${id}`),
      );
      return { outputs: {} };
    },
    delete: (resource) => {
      if (isOn(resource.properties, "enableDeletionProtection"))
        throw new Refusal("OperationNotPermitted", `Load balancer '${resource.id}' cannot be deleted because deletion protection is enabled`);
    },
  },
  "tagged",
);

const PRIVATE_LINK = "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic";

function checkPrivateLink(inputs: Properties): void {
  if (inputs[PRIVATE_LINK] !== undefined && (inputs["loadBalancerType"] !== "network" || textsAt(inputs, "securityGroups").length === 0))
    throw new Refusal("InvalidConfigurationRequest", `${PRIVATE_LINK} is for network load balancers with security groups`);
}

function oneWayToPlace(inputs: Properties): Failure[] {
  const given = ["subnets", "subnetMappings"].filter((key) => inputs[key] !== undefined);
  return given.length === 1 ? [] : [{ property: "subnets", reason: "exactly one of subnets, subnetMappings must be given" }];
}

function place(inputs: Properties, cloud: Cloud): { vpcId: string; subnets: string[]; addresses: Record<string, string> } {
  const mappings = objectsAt(inputs, "subnetMappings");
  const subnets = mappings.length > 0 ? mappings.map((one) => mustText(one, "subnetId")) : textsAt(inputs, "subnets");
  const least = inputs["loadBalancerType"] === "application" ? 2 : 1;
  if (subnets.length < least)
    throw new Refusal("ValidationError", `At least ${least === 2 ? "two subnets in two different Availability Zones" : "one subnet"} must be specified`);
  const vpcs = new Set(subnets.map((id) => vpcOfSubnet(cloud, id)));
  const [vpcId = ""] = vpcs;
  if (vpcs.size > 1) throw new Refusal("InvalidConfigurationRequest", "The subnets must be in the same VPC");
  for (const id of subnets) {
    const { prefix } = mustBlock(mustText(cloud.must(types.SUBNET, id).properties, "cidrBlock"));
    if (least === 2 && prefix > LONGEST_PREFIX)
      throw new Refusal("InvalidSubnet", `Not enough IP space available in ${id}. ELB requires a subnet of at least /${String(LONGEST_PREFIX)}`);
  }
  oneSubnetAZone(
    cloud,
    subnets,
    () => new Refusal("InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone"),
  );
  if (!isOn(inputs, "internal") && !hasInternet(cloud, vpcId)) throw new Refusal("InvalidSubnet", `VPC ${vpcId} has no internet gateway`);
  groupsInVpc(
    cloud,
    textsAt(inputs, "securityGroups"),
    vpcId,
    (id) => new Refusal("InvalidConfigurationRequest", `One or more security groups are invalid: ${id} is not in ${vpcId}`),
  );
  for (const mapping of mappings) {
    const allocation = textAt(mapping, "allocationId");
    if (allocation === undefined) continue;
    if (inputs["loadBalancerType"] !== "network" || isOn(inputs, "internal"))
      throw new Refusal("InvalidConfigurationRequest", "Elastic IPs are for internet-facing network load balancers");
    requireFree(cloud, allocation);
  }
  const wanted = new Map(mappings.map((one) => [mustText(one, "subnetId"), textAt(one, "privateIpv4Address")]));
  return { vpcId, subnets, addresses: Object.fromEntries(subnets.map((id) => [id, takeAddress(cloud, id, wanted.get(id))])) };
}
