import type { Plan } from "../blueprint";
import type { Stack } from "./stack/stack";

/** The plan that the stack says it was made from. Throws where a region of it is missing or cannot be read. */
export function planOf(stack: Stack): Plan {
  const blueprints = stack.regions.map(({ blueprint }) => blueprint);
  const primary = blueprints.find(({ site }) => site === "primary");
  const standby = blueprints.find(({ site }) => site === "standby") ?? null;
  if (primary === undefined) throw new Error("the stack has no platform of its first region");
  return { primary, standby };
}
