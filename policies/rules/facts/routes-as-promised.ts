import { listenerRules } from "../../../blueprint/managed/listenerRules";
import type { Service } from "../../../blueprint/types";
import { differences, missing, paired } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const routesAsPromised = rule({
  name: "routes-as-promised",
  group: "facts",
  description:
    "the load balancer's rules are the route table: each path goes to its service, in order, denied paths to nobody, the rest to the table's last row",
  why: "A path at the wrong service is answered 404, and an upload that was paid for is lost (audit A01); a denied path shows the inside.",
  judge: (stack) => stack.regions.flatMap((region) => (region.blueprint.hosting === "managed" ? judgeRegion(stack, region) : [])),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const { rules, otherwise } = listenerRules(region.blueprint.routes);
  const { pairs, violations } = paired(
    region,
    "rule of priority",
    rules,
    ({ priority }) => String(priority),
    region.ofType("aws:lb/listenerRule:ListenerRule"),
    (item) => String(item.number("priority")),
  );
  const https = region.ofType("aws:lb/listener:Listener").find((listener) => listener.number("port") === 443);
  return [
    ...violations,
    ...pairs.flatMap(({ promised: { priority, service, regexes }, item }) =>
      differences(item, `rule ${String(priority)}`, [
        ["paths", regexes, pathsOf(item)],
        ["service", portOf(region, service), targetOf(stack, item, "actions")],
      ]),
    ),
    ...(https === undefined
      ? [missing(region, "a listener at port 443")]
      : differences(https, "whatever no rule names", [["service", portOf(region, otherwise), targetOf(stack, https, "defaultActions")]])),
  ];
}

/** Regular expressions of a rule's one condition. Any other condition would let fewer requests to the service. */
function pathsOf(item: Item): unknown {
  const conditions = item.list("conditions");
  return conditions.length === 1 ? item.at("conditions.0.pathPattern.regexValues") : `${String(conditions.length)} conditions`;
}

/** A service is known by its port; nobody's is none. */
function portOf({ blueprint }: Region, service: Service): number | "denied" {
  if (service === "deny") return "denied";
  const wanted = service === "upload" ? "upload-api" : "payment-service";
  const port = blueprint.processes.find(({ name }) => name === wanted)?.port;
  if (port === undefined || port === null) throw new Error(`the blueprint has no port of ${wanted}`);
  return port;
}

function targetOf(stack: Stack, item: Item, property: string): number | string {
  const action = item.text(`${property}.0.type`);
  if (action === "fixed-response") return "denied";
  const [group] = stack.referred(item, property, "aws:lb/targetGroup:TargetGroup");
  return group === undefined ? action : group.number("port");
}
