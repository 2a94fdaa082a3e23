import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { ownersOf } from "../../stack/securityGroups";
import type { Region, Stack } from "../../stack/stack";

/** IP protocol number of VRRP. */
const vrrpProtocol = "112";

export const noRulesBeside = rule({
  name: "no-rules-beside",
  group: "facts",
  description: "a role's security group has no way in that is written inside it or as a rule of the older type, beside those that are held against the flows",
  why: "Three ways to write a rule are two to overlook one, and AWS's provider lets them take each other's away.",
  judge: (stack) =>
    stack.regions.flatMap((region) => {
      const owners = ownersOf(region);
      return [...olderRules(stack, owners), ...[...owners].flatMap(([urn, owner]) => inlineRules(stack.get(urn), waysInto(region, owner)))];
    }),
});

function olderRules(stack: Stack, owners: ReadonlyMap<string, string>): Violation[] {
  return stack
    .ofType("aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter((item) => item.text("type") === "ingress" && item.references("securityGroupId").some((urn) => owners.has(urn)))
    .map((item) => beside(item, "a rule of a type that the program does not write"));
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
    .map((path) => beside(group, `${JSON.stringify(group.at(path))} inside the group`));
}

function beside(item: Item, found: string): Violation {
  return {
    urn: item.urn,
    promised: "ways in as rules of their own, one for each flow of the blueprint",
    found,
    fix: "remove it; what is needed is a flow in blueprint/flows.ts, with what breaks without it",
  };
}
