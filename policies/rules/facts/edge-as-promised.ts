import type { ManagedEdge } from "../../../blueprint/types";
import { differences, paired, type Fact } from "../../comparison";
import { balancerType, listenersOf, portFaults } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { places, placesOf } from "../../stack/placement";
import { securityGroups } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

export const edgeAsPromised = rule({
  name: "edge-as-promised",
  group: "facts",
  description:
    "clients of a managed stack arrive at the blueprint's load balancer, over its zones, at its ports, with its patience and its certificate, and workers at the inner one",
  why: "How long a client waits when a host, a zone or the database is lost is the edge's: its kind, its zones and its idle time.",
  judge: (stack) => stack.regions.flatMap((region) => (region.blueprint.hosting === "managed" ? judgeRegion(stack, region, region.blueprint.edge) : [])),
});

function judgeRegion(stack: Stack, region: Region, edge: ManagedEdge): Violation[] {
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
      ...(type === "application" ? judgeListeners(stack, region, item, edge) : portFaults(stack, region, item, [edge.payment.port])),
    ]),
  ];
}

function judgeListeners(stack: Stack, region: Region, balancer: Item, edge: ManagedEdge): Violation[] {
  return [
    ...portFaults(stack, region, balancer, [80, 443]),
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
