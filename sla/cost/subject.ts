import type { Fault } from "../../config/fault";
import { shown } from "../../config/fault";
import type { PriceName } from "./prices/catalogue";
import type { Category, Charge } from "./charge";
import type { CostResource } from "./resource";
import { amountIn, type AmountName, type Usage } from "./usage";

/** A resource that is being priced. What it lacks is noted, and pricing goes on, so that all faults are found at once. */
export class Subject {
  public constructor(
    public readonly resource: CostResource,
    /** Every resource of the stack. */
    private readonly all: readonly CostResource[],
    private readonly region: string,
    private readonly usage: Usage,
    private readonly faults: Fault[],
  ) {}

  /** A property, by its path. */
  public property(...path: (string | number)[]): unknown {
    return path.reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined),
      this.resource.properties,
    );
  }

  public text(...path: (string | number)[]): string {
    const value = this.property(...path);
    if (typeof value === "string") return value;
    this.fault(path.join("."), value, "a text");
    return "";
  }

  public number(...path: (string | number)[]): number {
    const value = this.property(...path);
    if (typeof value === "number") return value;
    this.fault(path.join("."), value, "a number");
    return 0;
  }

  public list(...path: (string | number)[]): unknown[] {
    const value = this.property(...path);
    if (Array.isArray(value)) return value;
    this.fault(path.join("."), value, "a list");
    return [];
  }

  /** Whether a property is true; absent is false, and one that is not known before AWS makes it is a fault. */
  public flag(name: string): boolean {
    const value = this.property(name);
    if (typeof value === "boolean" || value === undefined) return value === true;
    this.fault(name, value, "true or false");
    return false;
  }

  /** A list that may be absent; one that is not known before AWS makes it is a fault. */
  public listIfAny(name: string): unknown[] {
    return this.property(name) === undefined ? [] : this.list(name);
  }

  /** A property that must be absent or one of these, since no price here is for anything else. */
  public only(name: string, ...accepted: unknown[]): void {
    const value = this.property(name);
    if (value !== undefined && !accepted.includes(value))
      this.fault(name, value, accepted.length === 0 ? "nothing" : accepted.map(String).join(" or "), "add the price of the other to sla/cost");
  }

  public amount(name: AmountName): number {
    return amountIn(this.usage, this.region, name);
  }

  public ofType(type: string): Subject[] {
    return this.all.filter((one) => one.type === type).map((one) => this.as(one));
  }

  /** The one resource of a type that has the same parent. */
  public sibling(type: string): Subject | null {
    const [found, ...others] = this.all.filter((one) => one.type === type && one.parent === this.resource.parent);
    if (found !== undefined && others.length === 0) return this.as(found);
    this.fault(type, others.length === 0 ? "none" : "several", "exactly one beside it, under the same parent", "make both children of one component");
    return null;
  }

  public fault(property: string, given: unknown, needed: string, fix = "set it, or add to sla/cost what it costs without"): void {
    this.faults.push({ key: `${this.resource.type} ${this.resource.name}: ${property}`, given: shown(given), needed, fix });
  }

  private as(other: CostResource): Subject {
    return new Subject(other, this.all, this.region, this.usage, this.faults);
  }
}

/** What a resource of a type is charged for. */
export type Pricer = (subject: Subject) => Charge[];

/** A charge for so many of a unit. */
export function charge(category: Category, price: PriceName, quantity: number): Charge {
  return { category, price, quantity };
}
