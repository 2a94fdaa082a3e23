import type { Blueprint } from "../../blueprint/types";
import { Item, Unreadable, type ItemData } from "./item";

/** What a rule judges: every resource of the stack, and the blueprints that its platforms say they were made from. */
export class Stack {
  public readonly items: readonly Item[];
  private readonly byUrn: ReadonlyMap<string, Item>;
  private sorted: readonly Region[] | null = null;

  public constructor(data: readonly ItemData[]) {
    this.items = data.map((one) => new Item(one));
    this.byUrn = new Map(this.items.map((item) => [item.urn, item]));
  }

  public ofType(...types: string[]): Item[] {
    return this.items.filter(({ type }) => types.includes(type));
  }

  /** The stack's platforms, the primary first. A region whose blueprint cannot be read makes every rule that asks for it fail. */
  public get regions(): readonly Region[] {
    this.sorted ??= this.ofType("ha:platform:Platform")
      .map((platform) => new Region(this, platform))
      .sort((one, other) => (one.blueprint.site === other.blueprint.site ? 0 : one.blueprint.site === "primary" ? -1 : 1));
    return this.sorted;
  }

  public get(urn: string): Item | undefined {
    return this.byUrn.get(urn);
  }

  /** The resources of a type that a property's value comes from. */
  public referred(item: Item, property: string, type: string): Item[] {
    return item.references(property).flatMap((urn) => {
      const found = this.byUrn.get(urn);
      return found?.type === type ? [found] : [];
    });
  }

  /** Whether one resource is below another. */
  public isBelow(item: Item, ancestor: Item): boolean {
    for (let urn = item.data.parent; urn !== null; urn = this.byUrn.get(urn)?.data.parent ?? null) if (urn === ancestor.urn) return true;
    return false;
  }
}

/** One platform of the stack: what it says it is, and the resources below it. */
export class Region {
  /** Every resource below its platform. */
  public readonly items: readonly Item[];

  public constructor(
    stack: Stack,
    public readonly platform: Item,
  ) {
    this.items = stack.items.filter((item) => stack.isBelow(item, platform));
  }

  /** What the platform was made from, as it says. Throws `Unreadable` where it says nothing. */
  public get blueprint(): Blueprint {
    const found = this.platform.at("blueprint");
    if (found === null || typeof found !== "object") throw new Unreadable(this.platform.urn, "blueprint", "missing", "the blueprint as facts");
    return found as Blueprint;
  }

  public ofType(...types: string[]): Item[] {
    return this.items.filter(({ type }) => types.includes(type));
  }
}
