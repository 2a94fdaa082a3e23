import { balancerType } from "../../listeners";
import { ownPair } from "../../pair";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";
import { levelOf } from "../../verdict";

export const clientsReachEitherRegion = rule({
  name: "clients-reach-either-region",
  group: "redundancy",
  description:
    "at level 3 with managed services the domain has a primary and a secondary record, or an accelerator an endpoint, for each region's own load balancer, with its health",
  why: "When the first region is lost nobody can change a record there: what sends clients to the second has to stand before.",
  judge: (stack) => {
    // Of own hosts clients follow the writer (clients-follow-the-writer).
    if (levelOf(stack) < 3 || ownPair(stack) !== null) return [];
    const endpoints = stack.ofType("aws:globalaccelerator/endpointGroup:EndpointGroup");
    return stack.regions.flatMap((region) => (endpoints.length > 0 ? judgeEndpoint(stack, region, endpoints) : judgeRecord(stack, region)));
  },
});

function judgeEndpoint(stack: Stack, region: Region, endpoints: readonly Item[]): Violation[] {
  const { blueprint, platform } = region;
  const own = endpoints.filter((one) => one.text("endpointGroupRegion") === blueprint.region && pointsAt(stack, one, "endpointConfigurations", region));
  if (own.length > 0) return [];
  return [
    {
      urn: platform.urn,
      promised: `an endpoint group of ${blueprint.region} with its load balancer`,
      found: "none",
      fix: "deploy the accelerator whole: it makes one for each region",
    },
  ];
}

function judgeRecord(stack: Stack, region: Region): Violation[] {
  const { blueprint, platform } = region;
  const role = blueprint.site === "primary" ? "PRIMARY" : "SECONDARY";
  const [record, ...others] = stack
    .ofType("aws:route53/record:Record")
    .filter((one) => one.text("name") === blueprint.domain && one.at("failoverRoutingPolicies.0.type") === role);
  if (record === undefined || others.length > 0)
    return [
      {
        urn: platform.urn,
        promised: `one ${role} record of ${blueprint.domain}`,
        found: String(record === undefined ? 0 : others.length + 1),
        fix: "let the program make the domain's records",
      },
    ];
  const wrong = (promised: string, found: string, fix: string): Violation => ({ urn: record.urn, promised, found, fix });
  const found: Violation[] = [];
  if (!pointsAt(stack, record, "aliases", region))
    found.push(wrong(`an alias of ${blueprint.region}'s own load balancer`, "another target", "point the record at the load balancer of its region"));
  if (!record.flag("aliases.0.evaluateTargetHealth"))
    found.push(wrong("an alias that follows its load balancer's health", "evaluateTargetHealth false", "set evaluateTargetHealth to true"));
  if (role === "PRIMARY") found.push(...judgeHealth(stack, region, record));
  return found;
}

/** Target health tells of machines behind a load balancer, and only a check from outside of a region that is gone. */
function judgeHealth(stack: Stack, region: Region, record: Item): Violation[] {
  const [check] = stack.referred(record, "healthCheckId", "aws:route53/healthCheck:HealthCheck");
  if (check === undefined || !record.has("healthCheckId") || !pointsAt(stack, check, "fqdn", region))
    return [
      {
        urn: record.urn,
        promised: "a health check of the first region's load balancer",
        found: check === undefined ? "none" : "it asks something else",
        fix: "give the primary record a health check whose fqdn is the load balancer's",
      },
    ];
  // AWS calls a disabled one healthy (Route 53 API, CreateHealthCheck, Disabled); the default is enabled.
  const off = check.knows("disabled") && check.at("disabled") === true;
  return off ? [{ urn: check.urn, promised: "a health check that asks", found: "disabled, which counts as healthy", fix: "set disabled to false" }] : [];
}

function pointsAt(stack: Stack, item: Item, property: string, region: Region): boolean {
  return stack.referred(item, property, balancerType).some((balancer) => stack.isBelow(balancer, region.platform));
}
