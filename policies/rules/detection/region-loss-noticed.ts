import type { ManagedBlueprint, ManagedEdge } from "../../../blueprint/types";
import { differences, missing } from "../../comparison";
import { balancerType } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

type Failover = NonNullable<ManagedEdge["failover"]>;

export const regionLossNoticed = rule({
  name: "region-loss-noticed",
  group: "detection",
  description:
    "at level 3 the first region is asked from outside as often as the promise counts on, and clients come to the second one when it does not answer",
  why: "Interval × threshold is how long clients are sent into a region that is gone, and a record that no check decides sends them there for ever.",
  judge: (stack) => {
    const [first] = stack.regions;
    if (first?.blueprint.hosting !== "managed" || first.blueprint.edge.failover === null) return [];
    const { failover } = first.blueprint.edge;
    return failover.traffic === "route53" ? judgeRecords(stack, first, first.blueprint, failover) : judgeAccelerator(stack, first, failover);
  },
});

function judgeRecords(stack: Stack, first: Region, { domain, edge }: ManagedBlueprint, failover: Failover): Violation[] {
  const sides = stack.regions.map((region) => ({
    region,
    type: region.blueprint.site === "primary" ? "PRIMARY" : "SECONDARY",
    record: region.ofType("aws:route53/record:Record").find((record) => record.at("name") === domain),
  }));
  const check = sides[0]?.record === undefined ? undefined : stack.referred(sides[0].record, "healthCheckId", "aws:route53/healthCheck:HealthCheck")[0];
  return [
    ...sides.flatMap(({ region, type, record }) =>
      record === undefined
        ? [missing(region, `a record of ${domain}`)]
        : differences(record, `${domain} in ${region.blueprint.region}`, [
            ["failover", type, record.text("failoverRoutingPolicies.0.type")],
            ["the balancer's own health", true, record.flag("aliases.0.evaluateTargetHealth")],
            ["a balancer of its region", true, stack.referred(record, "aliases", balancerType).some((one) => stack.isBelow(one, region.platform))],
          ]),
    ),
    ...(check === undefined ? [missing(first, `a health check that decides on ${domain}`)] : judgeCheck(stack, first, check, edge, failover)),
  ];
}

function judgeCheck(stack: Stack, first: Region, check: Item, edge: ManagedEdge, failover: Failover): Violation[] {
  return differences(check, "the check from outside", [
    ["seconds between requests", failover.requestIntervalSeconds, check.number("requestInterval")],
    ["failures until the region is out", failover.failureThreshold, check.number("failureThreshold")],
    ["a request for", `HTTPS 443 ${edge.check.path}`, `${check.text("type")} ${String(check.number("port"))} ${check.text("resourcePath")}`],
    ["an answer that counts", true, !check.flag("disabled") && !check.flag("invertHealthcheck")],
    ["the first region's balancer", true, stack.referred(check, "fqdn", balancerType).some((one) => stack.isBelow(one, first.platform))],
  ]);
}

function judgeAccelerator(stack: Stack, first: Region, failover: Failover): Violation[] {
  const groups = new Map(stack.ofType("aws:globalaccelerator/endpointGroup:EndpointGroup").map((item) => [item.text("endpointGroupRegion"), item]));
  return stack.regions.flatMap((region) => {
    const { region: name, site } = region.blueprint;
    const group = groups.get(name);
    if (group === undefined) return [missing(first, `an endpoint of the accelerator in ${name}`)];
    return differences(group, `the endpoint in ${name}`, [
      ["seconds between checks", failover.requestIntervalSeconds, group.number("healthCheckIntervalSeconds")],
      ["failures until the region is out", failover.failureThreshold, group.number("thresholdCount")],
      // The second region gets clients only when the first has no healthy endpoint: then the dial does not count.
      ["percent of clients", site === "primary" ? 100 : 0, group.number("trafficDialPercentage")],
      ["a balancer of its region", true, stack.referred(group, "endpointConfigurations", balancerType).some((one) => stack.isBelow(one, region.platform))],
    ]);
  });
}
