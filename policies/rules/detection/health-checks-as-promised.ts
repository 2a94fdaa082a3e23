import type { ManagedEdge } from "../../../blueprint/types";
import { differences, type Fact } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region } from "../../stack/stack";

export const healthChecksAsPromised = rule({
  name: "health-checks-as-promised",
  group: "detection",
  description:
    "every target group asks its own port as often, as patiently and as many times as the promise's seconds are counted from, and lets a leaving machine end its requests",
  why: "A lost API host gets requests until its checks fail: interval × count + timeout is what clients wait.",
  judge: (stack) => stack.regions.flatMap((region) => region.ofType("aws:lb/targetGroup:TargetGroup").flatMap((group) => judgeGroup(region, group))),
});

function judgeGroup(region: Region, group: Item): Violation[] {
  const { blueprint } = region;
  const port = String(group.number("port"));
  const asked: Fact[] = [["a check of port", port, group.text("healthCheck.port")]];
  if (blueprint.hosting === "managed")
    return differences(group, group.text("name"), [
      ...asked,
      ...ofManaged(blueprint.edge, group),
      ["seconds for a leaving machine", blueprint.edge.deregistrationSeconds, group.number("deregistrationDelay")],
    ]);
  const [edge] = region.ofType("ha:edge:NlbEdge");
  if (edge === undefined)
    return [
      { urn: group.urn, promised: "no load balancer before own hosts", found: "a target group", fix: "remove it, or set edge: nlb in the stack's config" },
    ];
  return differences(group, group.text("name"), [...asked, ...counted(edge.number("checkIntervalSeconds"), edge.number("checkCount"), group)]);
}

function ofManaged({ check }: ManagedEdge, group: Item): Fact[] {
  return [
    ...counted(check.intervalSeconds, check.count, group),
    ["seconds until a check has failed", check.timeoutSeconds, group.number("healthCheck.timeout")],
    ["a check of path", check.path, group.text("healthCheck.path")],
    ["a good answer", "200", group.text("healthCheck.matcher")],
  ];
}

function counted(intervalSeconds: number, count: number, group: Item): Fact[] {
  return [
    ["seconds between checks", intervalSeconds, group.number("healthCheck.interval")],
    ["checks until it is out", count, group.number("healthCheck.unhealthyThreshold")],
    ["checks until it is in again", count, group.number("healthCheck.healthyThreshold")],
  ];
}
