import type { Item } from "./item";
import type { Stack } from "./stack";

const keyTypes = ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"];

/** What a resource is encrypted with. `path` is where the key is named, `property` the resource's property that holds it. */
export interface KeyUse {
  item: Item;
  property: string;
  path: string;
}

/**
 * The stack's keys that are named: by ARN where it is known, and before the update by reference. None where the key is left out,
 * is AWS's own, or somebody else's.
 */
export function keysNamed(stack: Stack, { item, property, path }: KeyUse): Item[] {
  if (!item.has(path)) return [];
  const keys = stack.ofType(...keyTypes);
  if (!item.knows(path)) return keys.filter(({ urn }) => item.references(property).includes(urn));
  const named = item.text(path);
  return keys.filter((key) => key.knows("arn") && key.text("arn") === named);
}
