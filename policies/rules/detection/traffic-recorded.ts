import { balancerType } from "../../listeners";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

/** Seconds that flow logs gather before they tell: 60 or 600 (Amazon VPC user guide, flow log basics). */
const soonSeconds = 60;

export const trafficRecorded = rule({
  name: "traffic-recorded",
  group: "detection",
  description: "every VPC records who talked to whom, accepted and refused, within a minute, and every application load balancer what it was asked",
  why: "Which side of a cut was silent, and which request was never answered, is nowhere else.",
  judge: (stack) => [
    ...stack.ofType("aws:ec2/vpc:Vpc").flatMap((vpc) => recorded(stack, vpc)),
    ...stack
      .ofType(balancerType)
      .filter((balancer) => balancer.text("loadBalancerType") === "application" && balancer.at("accessLogs.enabled") !== true)
      .map((balancer) => ({ urn: balancer.urn, promised: "access logs", found: "none are enabled", fix: "set accessLogs with a bucket and enabled: true" })),
  ],
});

function recorded(stack: Stack, vpc: Item): Violation[] {
  const logs = stack.ofType("aws:ec2/flowLog:FlowLog").filter((log) => log.references("vpcId").includes(vpc.urn));
  const good = logs.some(
    (log) => log.text("trafficType") === "ALL" && log.number("maxAggregationInterval") <= soonSeconds && log.references("logDestination").length > 0,
  );
  if (good) return [];
  const [first] = logs;
  return [
    {
      urn: first?.urn ?? vpc.urn,
      promised: `a flow log of all traffic, told every ${String(soonSeconds)} s, to a place of the stack's`,
      found: first === undefined ? "no flow log of the VPC" : `${first.text("trafficType")} every ${String(first.number("maxAggregationInterval"))} s`,
      fix: `add an aws.ec2.FlowLog with trafficType ALL and maxAggregationInterval ${String(soonSeconds)}`,
    },
  ];
}
