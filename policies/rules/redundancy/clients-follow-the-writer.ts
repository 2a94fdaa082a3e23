import { differences, missing } from "../../comparison";
import { ownPair, type PairedRegion } from "../../pair";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

const checkType = "aws:route53/healthCheck:HealthCheck";
const addressType = "aws:ec2/eip:Eip";

export const clientsFollowTheWriter = rule({
  name: "clients-follow-the-writer",
  group: "redundancy",
  description:
    "at level 3 on own hosts the domain has a primary and a secondary record of each region's own addresses, and the first is answered only while Route 53 hears from its edge that its region takes writes, asked as often as the promise counts on",
  why: "A check that asks whether a region answers sends clients back to one that was lost, while the other takes the writes.",
  judge: (stack) => ownPair(stack)?.flatMap((region) => judgeRegion(stack, region)) ?? [],
});

function judgeRegion(stack: Stack, side: PairedRegion): Violation[] {
  const { region, blueprint } = side;
  const { domain, site, edge } = blueprint;
  const role = site === "primary" ? "PRIMARY" : "SECONDARY";
  const [record, ...others] = stack
    .ofType("aws:route53/record:Record")
    .filter((one) => one.text("name") === domain && one.at("failoverRoutingPolicies.0.type") === role);
  if (record === undefined || others.length > 0)
    return [missing(region, `one ${role} record of ${domain}, not ${String(record === undefined ? 0 : others.length + 1)}`)];
  const checks = stack.referred(record, "healthCheckId", checkType);
  return [
    ...differences(record, `${domain} in ${blueprint.region}`, [
      ["seconds until resolvers ask again", edge.failover?.recordTtlSeconds, record.number("ttl")],
      ["addresses of its own region's edge", true, isOfEdge(stack, record, "records", side)],
      // With both unhealthy Route 53 answers the first: so the second is not asked.
      ["health checks", role === "PRIMARY" ? 1 : 0, record.has("healthCheckId") ? checks.length : 0],
    ]),
    ...(role === "PRIMARY" ? checks.flatMap((check) => judgeCheck(stack, check, side)) : []),
  ];
}

/** One address's check, or one over those of several, of which one that answers is enough. */
function judgeCheck(stack: Stack, check: Item, side: PairedRegion): Violation[] {
  const answers = ["an answer that counts", true, !check.flag("disabled") && !check.flag("invertHealthcheck")] as const;
  if (check.at("type") !== "CALCULATED") return judgeAddress(stack, check, side);
  const children = stack.referred(check, "childHealthchecks", checkType);
  return [
    ...differences(check, "the check over several", [
      answers,
      ["healthy ones that are enough", 1, check.number("childHealthThreshold")],
      ["checks of addresses", true, children.length > 0],
    ]),
    ...children.flatMap((child) => judgeAddress(stack, child, side)),
  ];
}

function judgeAddress(stack: Stack, check: Item, side: PairedRegion): Violation[] {
  const { edge, pair, domain } = side.blueprint;
  return differences(check, "the check from outside", [
    ["seconds between requests", edge.failover?.requestIntervalSeconds, check.number("requestInterval")],
    ["failures until the region is out", edge.failover?.failureThreshold, check.number("failureThreshold")],
    ["a request for", `HTTPS 443 ${pair.path}`, `${check.text("type")} ${String(check.number("port"))} ${check.text("resourcePath")}`],
    ["the name that the certificate is for", domain, check.text("fqdn")],
    ["an answer that counts", true, !check.flag("disabled") && !check.flag("invertHealthcheck")],
    ["an address of the first region's edge", true, isOfEdge(stack, check, "ipAddress", side)],
  ]);
}

function isOfEdge(stack: Stack, item: Item, property: string, { region }: PairedRegion): boolean {
  const edges = region.ofType("ha:edge:KeepalivedEdge", "ha:edge:NlbEdge");
  const addresses = stack.referred(item, property, addressType);
  return addresses.length > 0 && addresses.every((address) => edges.some((edge) => stack.isBelow(address, edge)));
}
