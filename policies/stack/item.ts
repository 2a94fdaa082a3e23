/** In the place of a value that is not known before an update. */
export const unknown = Symbol("not known before the update");

/** A property that a rule needs and cannot judge. It ends the rule with a violation: what cannot be judged does not pass. */
export class Unreadable extends Error {
  public constructor(
    public readonly urn: string,
    public readonly path: string,
    public readonly found: string,
    public readonly needed: string,
  ) {
    super(`${path}: ${found}, needed ${needed}`);
  }
}

/** What is known of one resource of the stack; as plain data, whether it comes from the engine or from a file. */
export interface ItemData {
  urn: string;
  type: string;
  name: string;
  /** Final outputs; `unknown` in the place of what only the cloud will say. */
  properties: Record<string, unknown>;
  /** Whether the engine refuses to delete or replace it. */
  protected: boolean;
  parent: string | null;
  /** URNs of the resources that a property's value comes from. */
  references: Record<string, readonly string[]>;
  /** Of its provider; null for a resource of no region. */
  region: string | null;
}

/** One resource of the stack, and readers of its properties that fail closed. Paths have dots: `blockDeviceMappings.0.ebs.encrypted`. */
export class Item {
  public constructor(public readonly data: ItemData) {}

  public get urn(): string {
    return this.data.urn;
  }

  public get type(): string {
    return this.data.type;
  }

  public get name(): string {
    return this.data.name;
  }

  /** The value at a path: undefined where there is none. Throws `Unreadable` when it, or what it is in, is not known. */
  public at(path: string): unknown {
    return path.split(".").reduce<unknown>((value, key) => {
      if (value === null || typeof value !== "object") return undefined;
      return this.known((value as Record<string, unknown>)[key], path);
    }, this.data.properties);
  }

  public text(path: string): string {
    const value = this.at(path);
    return typeof value === "string" ? value : this.refuse(path, value, "a text");
  }

  public number(path: string): number {
    const value = this.at(path);
    return typeof value === "number" ? value : this.refuse(path, value, "a number");
  }

  public flag(path: string): boolean {
    const value = this.at(path);
    return typeof value === "boolean" ? value : this.refuse(path, value, "true or false");
  }

  public list(path: string): readonly unknown[] {
    const value = this.at(path);
    return Array.isArray(value) ? value : this.refuse(path, value, "a list");
  }

  /** Whether a path has a value, known or not. */
  public has(path: string): boolean {
    try {
      const value = this.at(path);
      return value !== undefined && value !== null;
    } catch (fault) {
      if (fault instanceof Unreadable) return true;
      throw fault;
    }
  }

  /** Whether a path's value is known, or known to be missing. */
  public knows(path: string): boolean {
    try {
      this.at(path);
      return true;
    } catch (fault) {
      if (fault instanceof Unreadable) return false;
      throw fault;
    }
  }

  /** URNs of the resources that a property's value comes from. */
  public references(property: string): readonly string[] {
    return this.data.references[property] ?? [];
  }

  private refuse(path: string, value: unknown, needed: string): never {
    throw new Unreadable(this.urn, path, value === undefined ? "missing" : JSON.stringify(value), needed);
  }

  private known(value: unknown, path: string): unknown {
    if (value === unknown) throw new Unreadable(this.urn, path, "not known before the update", "a plain value");
    return value;
  }
}
