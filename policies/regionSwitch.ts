import type { Item } from "./stack/item";
import type { Stack } from "./stack/stack";

/** One direction of a Region switch plan: the region that takes over, and where its steps are. */
export interface Workflow {
  path: string;
  region: string;
  /** Paths of its steps, in order. */
  steps: string[];
}

/** The stack's Region switch plans. */
export function plansOf(stack: Stack): Item[] {
  return stack.ofType("aws:arcregionswitch/plan:Plan");
}

/** The workflows by which a plan makes a region the active one. */
export function activations(plan: Item): Workflow[] {
  return paths(plan, "workflows")
    .filter((path) => plan.text(`${path}.workflowTargetAction`) === "activate")
    .map((path) => ({ path, region: plan.text(`${path}.workflowTargetRegion`), steps: paths(plan, `${path}.steps`) }));
}

function paths(plan: Item, list: string): string[] {
  return [...plan.list(list).keys()].map((index) => `${list}.${String(index)}`);
}
