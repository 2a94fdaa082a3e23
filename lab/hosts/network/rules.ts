import { placesOf, type LabEndpoint, type LabHost, type LabPlatform, type LabRule } from "../platform";
import { outside } from "./addresses";
import {
  accept,
  byChance,
  counter,
  drop,
  established,
  fromAddress,
  header,
  is,
  isNot,
  lookedUp,
  masquerade,
  meta,
  network,
  oneOf,
  type Ruleset,
  Table,
  toAddress,
  translated,
} from "./nft";

/**
 * The security groups of a host as the firewall of its network interface: what a rule permits passes, answers pass, all
 * else is dropped without a word. Each rule counts, and its comment is its id.
 */
export function hostRuleset(platform: LabPlatform, host: LabHost): Ruleset {
  const table = new Table("security")
    .filter("in", "input", "drop")
    .filter("out", "output", "drop")
    .rule("in", [established, accept])
    .rule("in", [is(meta("iifname"), "lo"), accept])
    .rule("out", [established, accept])
    .rule("out", [is(meta("oifname"), "lo"), accept])
    // AWS filters neither instance metadata nor its resolver.
    .rule("out", [is(header("ip", "daddr"), oneOf([outside.metadata, outside.resolver])), accept]);
  for (const rule of platform.rules) {
    if (host.groups.includes(rule.group)) table.rule(rule.direction, [...matches(platform, rule), counter, accept], rule.id);
  }
  return table.ruleset();
}

/** The security groups of the interface endpoints in one zone, and the way from their addresses to AWS. */
export function endpointRuleset(platform: LabPlatform, endpoints: readonly LabEndpoint[], zone: string): Ruleset {
  const table = new Table("endpoints").nat("arriving", "prerouting").filter("refused", "input", "accept").nat("leaving", "postrouting");
  // The answer has to come back this way, also to a host of another zone.
  table.rule("leaving", [translated, masquerade]);
  for (const endpoint of endpoints) {
    const rules = platform.rules.filter((rule) => rule.direction === "in" && endpoint.groups.includes(rule.group));
    for (const { address } of endpoint.addresses.filter((one) => one.zone === zone)) {
      const there = is(header("ip", "daddr"), address);
      for (const rule of rules) table.rule("arriving", [there, ...matches(platform, rule), counter, toAddress(outside.aws)], rule.id);
      // What no rule translated is for the address itself.
      table.rule("refused", [there, drop]);
    }
  }
  return table.ruleset();
}

/** The internet gateway: an Elastic IP is the private address of the host that has it, in both directions. `owners`: Elastic IP → private address. */
export function gatewayRuleset(owners: ReadonlyMap<string, string>, vpcCidr: string): Ruleset {
  const pairs = [...owners];
  return new Table("gateway")
    .nat("arriving", "prerouting")
    .nat("leaving", "postrouting")
    .addresses("elastic", pairs)
    .addresses(
      "private",
      pairs.map(([elastic, owner]) => [owner, elastic] as const),
    )
    .rule("arriving", [toAddress(lookedUp(header("ip", "daddr"), "elastic"))])
    .rule("leaving", [isNot(header("ip", "daddr"), network(vpcCidr)), fromAddress(lookedUp(header("ip", "saddr"), "private"))])
    .ruleset();
}

/** Lets a share of the packets between zones disappear. */
export function lossRuleset(percent: number): Ruleset {
  return new Table("loss")
    .filter("between", "forward", "accept")
    .rule("between", [byChance(Math.round(percent * 10)), drop])
    .ruleset();
}

function matches(platform: LabPlatform, rule: LabRule): unknown[] {
  return [...peer(platform, rule), ...protocol(rule)];
}

function peer(platform: LabPlatform, rule: LabRule): unknown[] {
  const side = header("ip", rule.direction === "in" ? "saddr" : "daddr");
  if ("cidr" in rule.peer) return rule.peer.cidr === "0.0.0.0/0" ? [] : [is(side, network(rule.peer.cidr))];
  const { group } = rule.peer;
  const members = placesOf(platform)
    .filter((host) => host.groups.includes(group))
    .map((host) => host.address);
  // A group without members permits nobody; an empty set is no syntax.
  return [is(side, oneOf(members.length === 0 ? ["0.0.0.0"] : members))];
}

function protocol(rule: LabRule): unknown[] {
  if (rule.protocol === "-1") return [];
  if (rule.protocol !== "tcp" && rule.protocol !== "udp") return [is(meta("l4proto"), Number(rule.protocol))];
  if (rule.ports === undefined) return [is(meta("l4proto"), rule.protocol)];
  const { from, to } = rule.ports;
  return [is(header(rule.protocol, "dport"), from === to ? from : { range: [from, to] })];
}
