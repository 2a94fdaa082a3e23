import { otherHostsOf } from "../../../blueprint/otherRegion";
import type { Flow } from "../../../blueprint/types";
import { missing } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { ownersOf, securityGroupType } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

/** IP protocol number of VRRP. */
const vrrpProtocol = "112";

export const securityRulesAsPromised = rule({
  name: "security-rules-as-promised",
  group: "facts",
  description: "whoever may reach a role's port is who the blueprint's flows say, no fewer and no more",
  why: "A missing rule breaks a failover that never needed it before; one too many lets strangers into a queue that asks for no password.",
  judge: (stack) => stack.regions.flatMap((region) => judgeRegion(stack, region)),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const owners = ownersOf(region);
  const promised = new Set(promisedOf(region));
  // A rule on a role's group counts wherever in the stack it was written.
  const rules = stack
    .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .flatMap((item) => stack.referred(item, "securityGroupId", securityGroupType).flatMap((group) => ruleOf(stack, item, group, owners)));
  const found = new Set(rules.map(({ flow }) => flow));
  return [
    ...[...promised].filter((flow) => !found.has(flow)).map((flow) => missing(region, `the flow ${flow}`)),
    ...rules.filter(({ flow }) => !promised.has(flow)).map(({ item, flow }) => strange(item, flow)),
  ];
}

function promisedOf({ blueprint }: Region): string[] {
  const machines = new Set([...blueprint.hosts, ...blueprint.groups].map(({ role }) => role));
  const sources = ({ from, to }: Flow): string[] => {
    if (from === "endpoint-clients") return [...machines];
    return from === "other-region" ? otherHostsOf(blueprint, to).map(({ address }) => `${address}/32`) : [from];
  };
  return blueprint.flows.flatMap((flow) =>
    sources(flow).map((from) => sentenceOf(from, flow.to, flow.protocol === "vrrp" ? "vrrp" : `tcp ${String(flow.port)}`)),
  );
}

function sentenceOf(from: string, to: string, what: string): string {
  return `${from} to ${to}, ${what}`;
}

function ruleOf(stack: Stack, item: Item, group: Item, owners: ReadonlyMap<string, string>): { item: Item; flow: string }[] {
  const to = owners.get(group.urn);
  if (to === undefined) return [];
  const protocol = item.text("ipProtocol");
  const ports = protocol === "tcp" ? portsOf(item) : "";
  return [{ item, flow: sentenceOf(sourceOf(stack, item, owners), to, protocol === vrrpProtocol ? "vrrp" : `${protocol}${ports}`) }];
}

function portsOf(item: Item): string {
  const [first, last] = [item.number("fromPort"), item.number("toPort")];
  return first === last ? ` ${String(first)}` : ` ${String(first)} to ${String(last)}`;
}

function sourceOf(stack: Stack, item: Item, owners: ReadonlyMap<string, string>): string {
  const named = stack.referred(item, "referencedSecurityGroupId", securityGroupType).map((group) => owners.get(group.urn) ?? group.name);
  const ranges = ["cidrIpv4", "cidrIpv6", "prefixListId"].filter((path) => item.has(path)).map((path) => item.text(path));
  const sources = [...named, ...ranges.map((range) => (range === "0.0.0.0/0" ? "internet" : range))];
  if (sources.length === 0 && item.has("referencedSecurityGroupId")) return "a group that is not the stack's";
  return sources.join(" and ");
}

function strange(item: Item, flow: string): Violation {
  return {
    urn: item.urn,
    promised: "no way in beyond the blueprint's flows",
    found: flow,
    fix: "remove the rule, or add the flow to blueprint/flows.ts with what breaks without it",
  };
}
