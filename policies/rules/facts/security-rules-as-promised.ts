import type { Flow } from "../../../blueprint/types";
import { missing } from "../../comparison";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
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
    .flatMap((item) => stack.referred(item, "securityGroupId", groupType).flatMap((group) => ruleOf(stack, item, group, owners)));
  const found = new Set(rules.map(({ flow }) => flow));
  return [
    ...[...promised].filter((flow) => !found.has(flow)).map((flow) => missing(region, `the flow ${flow}`)),
    ...rules.filter(({ flow }) => !promised.has(flow)).map(({ item, flow }) => strange(item, flow)),
    ...olderRules(stack, owners),
    ...[...owners].flatMap(([urn, owner]) => inlineRules(stack.get(urn), waysInto(region, owner))),
  ];
}

/** Whose group a security group is, by its URN. */
function ownersOf(region: Region): Map<string, string> {
  const { prefix } = region.blueprint.names;
  return new Map(region.ofType(groupType).map((group) => [group.urn, group.text("name").replace(`${prefix}-`, "")]));
}

function promisedOf({ blueprint }: Region): string[] {
  const machines = new Set([...blueprint.hosts, ...blueprint.groups].map(({ role }) => role));
  const sources = (flow: Flow): string[] => (flow.from === "endpoint-clients" ? [...machines] : [flow.from]);
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
  const named = stack.referred(item, "referencedSecurityGroupId", groupType).map((group) => owners.get(group.urn) ?? group.name);
  const ranges = ["cidrIpv4", "cidrIpv6", "prefixListId"].filter((path) => item.has(path)).map((path) => item.text(path));
  const sources = [...named, ...ranges.map((range) => (range === "0.0.0.0/0" ? "internet" : range))];
  if (sources.length === 0 && item.has("referencedSecurityGroupId")) return "a group that is not the stack's";
  return sources.join(" and ");
}

function olderRules(stack: Stack, owners: ReadonlyMap<string, string>): Violation[] {
  return stack
    .ofType("aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter((item) => item.text("type") === "ingress" && item.references("securityGroupId").some((urn) => owners.has(urn)))
    .map((item) => strange(item, "a rule of a type that the program does not write"));
}

/** Ports of an owner, each with whether the internet may come; as a rule inside a group says them. */
function waysInto({ blueprint }: Region, owner: string): ReadonlyMap<string, boolean> {
  const own = blueprint.flows.filter(({ to }) => to === owner);
  return new Map(
    own.map(({ from, protocol, port }) => [protocol === "vrrp" ? `${vrrpProtocol} 0 0` : `tcp ${String(port)} ${String(port)}`, from === "internet"]),
  );
}

/** Rules inside a group. Read back from AWS they are also those that stand beside it, with ids for groups: ports and ranges are judged. */
function inlineRules(group: Item | undefined, ways: ReadonlyMap<string, boolean>): Violation[] {
  if (group?.knows("ingress") !== true || !group.has("ingress")) return [];
  return [...group.list("ingress").keys()]
    .map((index) => `ingress.${String(index)}`)
    .filter((path) => {
      const open = ways.get(`${group.text(`${path}.protocol`)} ${String(group.number(`${path}.fromPort`))} ${String(group.number(`${path}.toPort`))}`);
      const ranges = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"].some((kind) => group.has(`${path}.${kind}.0`));
      return open === undefined || (ranges && !open);
    })
    .map((path) => strange(group, `${JSON.stringify(group.at(path))} inside the group`));
}

function strange(item: Item, flow: string): Violation {
  return {
    urn: item.urn,
    promised: "no way in beyond the blueprint's flows",
    found: flow,
    fix: "remove the rule, or add the flow to blueprint/flows.ts with what breaks without it",
  };
}
