import type { SelfHostedBlueprint } from "../../../blueprint/types";
import { differences, missing, paired } from "../../comparison";
import { balancerType, listenersOf, portFaults } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { places, placesOf } from "../../stack/placement";
import type { Region, Stack } from "../../stack/stack";

export const ownEdgeAsPromised = rule({
  name: "own-edge-as-promised",
  group: "facts",
  description: "clients of own hosts arrive at the one address that the edge hosts move, or at a network load balancer over all zones before every edge host",
  why: "The address is found by its name when its holder is lost, and a load balancer sends clients only to hosts that it has been told of.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const { blueprint } = region;
      if (blueprint.hosting !== "selfHosted") return [];
      return blueprint.edge.kind === "keepalived" ? judgeAddress(region, blueprint) : judgeNetworkBalancer(stack, region);
    }),
});

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
    [`${names.prefix}-edge-nlb`],
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
      ...portFaults(stack, region, item, [80, 443]),
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
