import type { CostResource } from "./resource";

/** What a state or a preview says of a resource, as far as its cost needs it. */
interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  parent?: string;
  provider?: string;
  inputs?: Record<string, unknown>;
  /** Replaced, and not yet deleted. */
  delete?: boolean;
}

/** Resources of `pulumi stack export`. Throws when it is none. */
export function resourcesOfState(exported: unknown): CostResource[] {
  const { deployment } = (exported ?? {}) as { deployment?: { resources?: unknown } };
  if (!Array.isArray(deployment?.resources)) throw new Error("cost: given no state, needed what `pulumi stack export` prints");
  return resourcesOf(deployment.resources as StateResource[]);
}

/** Resources that there will be, of `pulumi preview --json`. Throws when it is none. */
export function resourcesOfPreview(previewed: unknown): CostResource[] {
  const { steps } = (previewed ?? {}) as { steps?: unknown };
  if (!Array.isArray(steps)) throw new Error("cost: given no preview, needed what `pulumi preview --json` prints");
  const states = (steps as { newState?: StateResource }[]).flatMap(({ newState }) => (newState === undefined ? [] : [newState]));
  // A replacement has several steps.
  return resourcesOf([...new Map(states.map((state) => [state.urn, state])).values()]);
}

function resourcesOf(states: readonly StateResource[]): CostResource[] {
  const regions = new Map(states.map(({ urn, inputs }) => [urn, inputs?.["region"]]));
  return states
    .filter(({ type, custom, delete: gone }) => custom && gone !== true && !type.startsWith("pulumi:"))
    .map(({ urn, type, parent = "", provider = "", inputs = {} }) => {
      // `<urn of the provider>::<its id>`
      const region = inputs["region"] ?? regions.get(provider.slice(0, provider.lastIndexOf("::")));
      return { type, name: urn.split("::").slice(3).join("::"), region: typeof region === "string" ? region : null, parent, properties: inputs };
    });
}
