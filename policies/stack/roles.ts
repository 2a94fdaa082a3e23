import { z } from "zod";
import { statementsOf } from "./documents";
import { Unreadable, type Item } from "./item";
import type { Stack } from "./stack";

/** One thing that a role may do. */
export interface Permission {
  /** The role's policy, or the role itself. */
  item: Item;
  actions: string[];
  /** Whether on whatever resource. */
  everywhere: boolean;
  /** ARNs and patterns; null before the update, when only the cloud knows them. */
  resources: string[] | null;
}

const facts = z.array(z.object({ actions: z.array(z.string()), everywhere: z.boolean() }));
/** Which types hold a policy of a role or of a user, and where. */
const documents: Record<string, string> = {
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
};

/**
 * Everything that the stack's own policies permit. A document with an ARN in it is not known before the update; then it is what
 * its component publishes (`permits`). Throws `Unreadable` where neither is there.
 */
export function permissions(stack: Stack): Permission[] {
  const own = Object.entries(documents).flatMap(([type, path]) =>
    stack.ofType(type).flatMap((item) => (item.knows(path) ? ofDocument(item, item.text(path)) : published(stack, item, path))),
  );
  return [...own, ...stack.ofType("aws:iam/role:Role").flatMap(inline)];
}

function ofDocument(item: Item, document: string): Permission[] {
  return statementsOf(document)
    .filter(({ effect }) => effect === "Allow")
    .map(({ actions, resources }) => ({ item, actions, resources, everywhere: resources.includes("*") }));
}

/** Of a role that has its policies in itself. Where it has none, AWS says so only after the update. */
function inline(role: Item): Permission[] {
  if (!role.has("inlinePolicies") || !role.knows("inlinePolicies")) return [];
  return role.list("inlinePolicies").flatMap((_, index) => {
    const path = `inlinePolicies.${String(index)}.policy`;
    return role.has(path) ? ofDocument(role, role.text(path)) : [];
  });
}

function published(stack: Stack, item: Item, path: string): Permission[] {
  const component = componentOf(stack, item);
  if (component?.has("permits") !== true)
    throw new Unreadable(item.urn, path, "not known before the update", "ARNs that are known, or a component that publishes what it permits (permits),");
  return facts.parse(component.list("permits")).map((one) => ({ item, resources: null, ...one }));
}

/** The component that made a resource. */
export function componentOf(stack: Stack, item: Item): Item | undefined {
  return item.data.parent === null ? undefined : stack.get(item.data.parent);
}
