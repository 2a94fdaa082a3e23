import * as pulumi from "@pulumi/pulumi";
import type { CostResource } from "../sla/cost";

/** What the program registers, as plain data, at the moment that it does: what only AWS will know is null. */
export class Inventory {
  private readonly found: CostResource[] = [];
  private readonly parents = new Map<pulumi.Resource, string>();

  /** `regions`: what each provider is for. */
  public constructor(private readonly regions: ReadonlyMap<pulumi.ProviderResource, string>) {}

  /** Give it to a component, and everything in it is recorded; nothing is changed. */
  public readonly transformation: pulumi.ResourceTransformation = ({ resource, type, name, props, opts }) => {
    this.parents.set(resource, `${type}::${name}`);
    // `isInstance` knows it only once the resource's constructor has ended.
    if (!(resource instanceof pulumi.CustomResource)) return undefined;
    const provider = opts.provider ?? opts.parent?.getProvider(type);
    const properties = known(props) as Record<string, unknown>;
    const region = properties["region"] ?? (provider === undefined ? undefined : this.regions.get(provider));
    this.found.push({
      type,
      name,
      region: typeof region === "string" ? region : null,
      parent: (opts.parent === undefined ? undefined : this.parents.get(opts.parent)) ?? "",
      properties,
    });
    return undefined;
  };

  /** All that was registered so far. */
  public resources(): CostResource[] {
    return [...this.found];
  }
}

function known(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return null;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, known(inner)]])));
}
