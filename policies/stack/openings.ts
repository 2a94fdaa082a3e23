import { z } from "zod";
import type { Item } from "./item";
import type { Stack } from "./stack";

/** Addresses that a rule of a security group lets in. */
export interface Opening {
  /** What says so: a rule, or the group itself. */
  item: Item;
  /** The group that lets in; null for one that is not of the stack. */
  group: Item | null;
  /** CIDRs and prefix lists. */
  from: string[];
  /** e.g. `tcp 80-443`. */
  what: string;
}

const inlineRule = z.looseObject({
  protocol: z.string().optional(),
  fromPort: z.number().optional(),
  toPort: z.number().optional(),
  cidrBlocks: z.array(z.string()).optional(),
  ipv6CidrBlocks: z.array(z.string()).optional(),
  prefixListIds: z.array(z.string()).optional(),
});
type InlineRule = z.infer<typeof inlineRule>;

const groupTypes = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

/** Every opening to addresses instead of groups, whichever of the provider's three ways says it. */
export function openings(stack: Stack): Opening[] {
  return [...rulesOfToday(stack), ...rulesOfOld(stack), ...inline(stack)].filter(({ from }) => from.length > 0);
}

function rulesOfToday(stack: Stack): Opening[] {
  return stack.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map((item) => ({
    item,
    group: groupOf(stack, item),
    from: ["cidrIpv4", "cidrIpv6", "prefixListId"].filter((path) => item.has(path)).map((path) => item.text(path)),
    what: ports(item.text("ipProtocol"), item.at("fromPort"), item.at("toPort")),
  }));
}

function rulesOfOld(stack: Stack): Opening[] {
  return stack
    .ofType("aws:ec2/securityGroupRule:SecurityGroupRule")
    .filter((item) => item.text("type") === "ingress")
    .map((item) => ({
      item,
      group: groupOf(stack, item),
      from: ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"].filter((path) => item.has(path)).flatMap((path) => item.list(path).map(String)),
      what: ports(item.text("protocol"), item.at("fromPort"), item.at("toPort")),
    }));
}

/** A list that is not known before the update is one that the program does not give: AWS says then what rules there are. */
function inline(stack: Stack): Opening[] {
  return stack
    .ofType(...groupTypes)
    .filter((group) => group.knows("ingress") && group.has("ingress"))
    .flatMap((group) => group.list("ingress").map((one) => openingOf(group, inlineRule.parse(one))));
}

function openingOf(group: Item, { protocol, fromPort, toPort, cidrBlocks = [], ipv6CidrBlocks = [], prefixListIds = [] }: InlineRule): Opening {
  return { item: group, group, from: [...cidrBlocks, ...ipv6CidrBlocks, ...prefixListIds], what: ports(protocol ?? "-1", fromPort, toPort) };
}

function groupOf(stack: Stack, item: Item): Item | null {
  const property = "securityGroupId";
  const [group] = groupTypes.flatMap((type) => stack.referred(item, property, type));
  return group ?? null;
}

function ports(protocol: string, from: unknown, to: unknown): string {
  return typeof from === "number" && typeof to === "number" ? `${protocol} ${String(from)}-${String(to)}` : protocol;
}
