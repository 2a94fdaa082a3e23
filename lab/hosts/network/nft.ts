/** nftables' own JSON (libnftables-json(5)), as `nft --json --file -` takes it. */
export interface Ruleset {
  nftables: unknown[];
}

type Hook = "prerouting" | "input" | "forward" | "output" | "postrouting";

/** A table that replaces its predecessor of the same name whole, in one step. */
export class Table {
  private readonly items: unknown[] = [];

  public constructor(private readonly name: string) {
    const table = { family: "inet", name };
    this.items.push({ add: { table } }, { delete: { table } }, { add: { table } });
  }

  public filter(name: string, hook: Hook, policy: "accept" | "drop"): this {
    return this.chain({ name, type: "filter", hook, prio: 0, policy });
  }

  /** Translates addresses: before routing at -100, after it at 100, as nftables' own names for them. */
  public nat(name: string, hook: "prerouting" | "postrouting"): this {
    return this.chain({ name, type: "nat", hook, prio: hook === "prerouting" ? -100 : 100, policy: "accept" });
  }

  /** A rule: `expressions` in order, with a comment by which it is found again. */
  public rule(chain: string, expressions: readonly unknown[], comment?: string): this {
    return this.add("rule", { chain, ...(comment === undefined ? {} : { comment }), expr: expressions });
  }

  /** A map from one address to another. */
  public addresses(name: string, entries: readonly (readonly [string, string])[]): this {
    return this.add("map", { name, type: "ipv4_addr", map: "ipv4_addr", ...(entries.length === 0 ? {} : { elem: entries }) });
  }

  public ruleset(): Ruleset {
    return { nftables: this.items };
  }

  private chain(properties: Record<string, unknown>): this {
    return this.add("chain", properties);
  }

  private add(kind: string, properties: Record<string, unknown>): this {
    this.items.push({ add: { [kind]: { family: "inet", table: this.name, ...properties } } });
    return this;
  }
}

export const accept = { accept: null };
export const drop = { drop: null };
export const counter = { counter: null };
export const established = { match: { op: "in", left: { ct: { key: "state" } }, right: ["established", "related"] } };
/** True for a packet whose destination was translated. */
export const translated = { match: { op: "in", left: { ct: { key: "status" } }, right: "dnat" } };
/** Gives the packet the address of the interface that it leaves by. */
export const masquerade = { masquerade: null };
export const meta = (key: string): unknown => ({ meta: { key } });
export const header = (protocol: string, field: string): unknown => ({ payload: { protocol, field } });
export const is = (left: unknown, right: unknown): unknown => ({ match: { op: "==", left, right } });
export const isNot = (left: unknown, right: unknown): unknown => ({ match: { op: "!=", left, right } });
export const oneOf = (values: readonly string[]): unknown => ({ set: values });

/** `10.0.0.0/8` as nftables' JSON has a network. */
export function network(cidr: string): unknown {
  const [addr, length] = cidr.split("/");
  return { prefix: { addr, len: Number(length) } };
}

/** The address that a map has for a part of the packet. A packet that the map has nothing for is left as it is. */
export const lookedUp = (key: unknown, map: string): unknown => ({ map: { key, data: `@${map}` } });
export const toAddress = (addr: unknown): unknown => ({ dnat: { family: "ip", addr } });
export const fromAddress = (addr: unknown): unknown => ({ snat: { family: "ip", addr } });

/** True for a share of the packets, in thousandths. */
export const byChance = (thousandths: number): unknown => ({
  match: { op: "<", left: { numgen: { mode: "random", mod: 1000, offset: 0 } }, right: thousandths },
});
