import { balancerType } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { counted, zonesOf } from "../../stack/placement";

export const balancersOverZones = rule({
  name: "balancers-over-zones",
  group: "redundancy",
  description: "every load balancer has addresses in two zones at level 1 and in three above it, each of which reaches machines of all zones",
  why: "Clients keep asking the address of a zone that has no healthy machine left; only cross-zone balancing answers them there.",
  limits: { zones: { what: "zones of a load balancer", stricter: "higher", of: (level) => ({ 1: 2, 2: 3, 3: 3 })[level] } },
  judge: (stack, limits) => [
    ...stack.ofType("aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup").flatMap(setApart),
    ...stack.ofType(balancerType, "aws:alb/loadBalancer:LoadBalancer").flatMap((balancer) => {
      const zones = zonesOf(stack, balancer, balancer.references("subnetMappings").length > 0 ? "subnetMappings" : "subnets");
      const few: Violation[] =
        zones.length >= limits.zones
          ? []
          : [
              {
                urn: balancer.urn,
                promised: `a load balancer in at least ${String(limits.zones)} zones`,
                found: counted(zones),
                fix: "give it a subnet of each further zone",
              },
            ];
      return [...few, ...apart(balancer)];
    }),
  ],
});

/** An application load balancer always balances over its zones; the others do only when they are told to (ELBv2 API, load_balancing.cross_zone.enabled). */
function apart(balancer: Item): Violation[] {
  if (balancer.text("loadBalancerType") === "application" || balancer.flag("enableCrossZoneLoadBalancing")) return [];
  return [alone(balancer, "enableCrossZoneLoadBalancing")];
}

/** A target group does as its load balancer does, unless it says otherwise. */
function setApart(group: Item): Violation[] {
  const path = "loadBalancingCrossZoneEnabled";
  return group.knows(path) && group.at(path) === "false" ? [alone(group, path)] : [];
}

function alone({ urn }: Item, path: string): Violation {
  return { urn, promised: "each zone's address reaches machines of all zones", found: `${path} false`, fix: `set ${path} to true` };
}
