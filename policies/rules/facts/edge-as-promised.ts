import type { ManagedEdge, SelfHostedBlueprint } from "../../../blueprint/types";
import { differences, missing, paired, places, placesOf, securityGroups, type Fact } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";

export const edgeAsPromised = rule({
  name: "edge-as-promised",
  group: "facts",
  description: "clients arrive at the kind of edge that the blueprint says, over its zones, at its ports, with its patience and its certificate",
  why: "How long a client waits when a host, a zone or the database is lost is the edge's: its kind, its zones and its idle time.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      if (blueprint.hosting === "managed") return judgeManaged(stack, region, blueprint.edge);
      return blueprint.edge.kind === "keepalived" ? judgeAddress(region, blueprint) : judgeNetworkBalancer(stack, region);
    }),
});

function judgeManaged(stack: Stack, region: Region, edge: ManagedEdge): Violation[] {
  const { prefix } = region.blueprint.names;
  const { pairs, violations } = paired(
    region,
    "load balancer",
    [
      { name: `${prefix}-edge`, type: "application", tier: "public", group: "edge" } as const,
      { name: `${prefix}-payment`, type: "network", tier: "private", group: "balancer" } as const,
    ],
    ({ name }) => name,
    region.ofType(balancerType),
    (item) => item.text("name"),
  );
  return [
    ...violations,
    ...pairs.flatMap(({ promised: { name, type, tier, group }, item }) => [
      ...differences(item, name, [
        ["type", type, item.text("loadBalancerType")],
        ["subnets", placesOf(region, tier), places(stack, item, "subnets")],
        ["security group", [`${prefix}-${group}`], securityGroups(stack, item, "securityGroups")],
        ...(type === "application" ? ([["seconds of an idle connection", edge.idleSeconds, item.number("idleTimeout")]] satisfies Fact[]) : []),
      ]),
      ...(type === "application" ? judgeListeners(stack, region, item, edge) : judgePorts(stack, region, item, [edge.payment.port])),
    ]),
  ];
}

function judgeListeners(stack: Stack, region: Region, balancer: Item, edge: ManagedEdge): Violation[] {
  return [
    ...judgePorts(stack, region, balancer, [80, 443]),
    ...listenersOf(stack, balancer)
      .filter((listener) => listener.number("port") === 443)
      .flatMap((listener) =>
        differences(listener, "https", [
          ["certificate", edge.certificateArn, listener.text("certificateArn")],
          ["TLS policy", edge.sslPolicy, listener.text("sslPolicy")],
        ]),
      ),
  ];
}

function judgePorts(stack: Stack, region: Region, balancer: Item, ports: readonly number[]): Violation[] {
  const listeners = listenersOf(stack, balancer);
  return paired(region, `listener of ${balancer.text("name")} at port`, ports, String, listeners, (listener) => String(listener.number("port"))).violations;
}

function listenersOf(stack: Stack, balancer: Item): Item[] {
  return stack.ofType("aws:lb/listener:Listener").filter((listener) => listener.references("loadBalancerArn").includes(balancer.urn));
}

/** keepalived's master finds the address by its name. */
function judgeAddress(region: Region, { names }: SelfHostedBlueprint): Violation[] {
  const name = `${names.prefix}-edge`;
  const found = region.ofType("aws:ec2/eip:Eip").filter((address) => address.at("tags.Name") === name);
  return [
    ...(found.length === 1 ? [] : [missing(region, `one address named ${name}, not ${String(found.length)}`)]),
    ...region.ofType(balancerType).map((item) => ({
      urn: item.urn,
      promised: "an edge whose hosts move the address themselves",
      found: "a load balancer",
      fix: "remove it, or set edge: nlb in the stack's config",
    })),
  ];
}

function judgeNetworkBalancer(stack: Stack, region: Region): Violation[] {
  const { names, hosts } = region.blueprint;
  const { pairs, violations } = paired(
    region,
    "load balancer",
    [`${names.prefix}-edge`],
    (name) => name,
    region.ofType(balancerType),
    (item) => item.text("name"),
  );
  const addresses = hosts.filter(({ role }) => role === "edge").map(({ address }) => address);
  return [
    ...violations,
    ...pairs.flatMap(({ promised, item }) => [
      ...differences(item, promised, [
        ["type", "network", item.text("loadBalancerType")],
        ["subnets", placesOf(region, "public"), places(stack, item, "subnetMappings")],
        // A zone without a healthy edge host still answers on its address.
        ["zones that help each other", true, item.flag("enableCrossZoneLoadBalancing")],
      ]),
      ...judgePorts(stack, region, item, [80, 443]),
      ...listenersOf(stack, item).flatMap((listener) =>
        differences(listener, `port ${String(listener.number("port"))}`, [["hosts behind it", [...addresses].sort(), hostsBehind(stack, listener)]]),
      ),
    ]),
  ];
}

function hostsBehind(stack: Stack, listener: Item): string[] {
  const groups = stack.referred(listener, "defaultActions", "aws:lb/targetGroup:TargetGroup").map(({ urn }) => urn);
  return stack
    .ofType("aws:lb/targetGroupAttachment:TargetGroupAttachment")
    .filter((attachment) => attachment.references("targetGroupArn").some((urn) => groups.includes(urn)))
    .flatMap((attachment) => stack.referred(attachment, "targetId", "aws:ec2/instance:Instance").map((instance) => instance.text("privateIp")))
    .sort();
}
