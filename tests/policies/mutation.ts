/** The stacks that are spoiled: those that `make up` makes of the stack files. */
export const goodStacks = ["level1-selfHosted", "level1-managed", "level2-selfHosted", "level2-managed", "level3-selfHosted", "level3-managed"] as const;
export type GoodStack = (typeof goodStacks)[number];

/** One field of one resource of a good stack, spoiled. */
export interface Mutation {
  /** What was done wrong, as somebody would say it. */
  what: string;
  stack: GoodStack;
  /** The resource: its type, and how its name ends. Exactly one must fit. */
  type: string;
  name: string;
  change: Change;
  /** The rule that must name it. */
  caughtBy: string;
  /** Rules that must see it too, because it breaks what they hold; no other rule may. `every`: nothing can be judged any more. */
  alsoBy?: readonly string[] | "every";
}

export type Change =
  /** A property, by a path with dots, gets another value; without one it is taken away. */
  | { property: string; value?: unknown }
  /** The property comes from another resource: the end of its name. */
  | { reference: string; to: string; type: string }
  | { protect: boolean }
  | { removed: true }
  /** Somebody writes one of their own into the stack by hand: below no component, with this name, and like it but for these properties. */
  | { beside: string; with: Record<string, unknown>; protect?: boolean };

/** Names of the rules that a mutation breaks, in order. */
export function namedBy({ caughtBy, alsoBy = [] }: Pick<Mutation, "caughtBy" | "alsoBy">, all: readonly string[]): string[] {
  return (alsoBy === "every" ? [...all] : [caughtBy, ...alsoBy]).sort();
}

interface StateResource {
  urn: string;
  type: string;
  outputs?: Record<string, unknown>;
  inputs?: Record<string, unknown>;
  protect?: boolean;
  parent?: string;
  propertyDependencies?: Record<string, string[]>;
}

export interface State {
  deployment: { resources: StateResource[] };
}

/** A saved state with one field spoiled. Throws when the mutation does not fit the state, or changes nothing. */
export function spoiled(state: State, mutation: Omit<Mutation, "stack">): State {
  const copy = structuredClone(state);
  const { resources } = copy.deployment;
  const resource = only(resources, mutation.type, mutation.name);
  const before = JSON.stringify(copy);
  const { change } = mutation;
  if ("beside" in change) resources.push(byHand(resources, resource, change));
  else if ("removed" in change) copy.deployment.resources = resources.filter((one) => one !== resource);
  else if ("protect" in change) resource.protect = change.protect;
  else if ("reference" in change) (resource.propertyDependencies ??= {})[change.reference] = [only(resources, change.type, change.to).urn];
  else for (const values of [resource.outputs, resource.inputs]) if (values !== undefined) set(values, change.property, change.value);
  if (JSON.stringify(copy) === before) throw new Error(`${mutation.what}: changes nothing`);
  return copy;
}

function byHand(resources: StateResource[], like: StateResource, change: Extract<Change, { beside: string }>): StateResource {
  const program = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  if (program === undefined) throw new Error("a state without its stack");
  const resource = structuredClone(like);
  const urn = like.urn.split("::").slice(0, 2);
  return {
    ...resource,
    urn: [...urn, like.type, change.beside].join("::"),
    parent: program.urn,
    protect: change.protect ?? true,
    inputs: { ...resource.inputs, ...change.with },
    outputs: { ...resource.outputs, ...change.with },
  };
}

function only(resources: StateResource[], type: string, name: string): StateResource {
  const found = resources.filter((one) => one.type === type && one.urn.endsWith(name));
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`${type} …${name}: ${String(found.length)} fit, needed one: ${found.map(({ urn }) => urn.split("::").at(-1) ?? "").join(", ")}`);
  return first;
}

/** Where a path leads nowhere, nothing is set: inputs lack what outputs have. */
function set(values: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop();
  let at: unknown = values;
  for (const key of keys) at = at !== null && typeof at === "object" ? (at as Record<string, unknown>)[key] : undefined;
  if (last === undefined || at === null || typeof at !== "object") return;
  const holder = at as Record<string, unknown>;
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
}
