import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Blueprint } from "../blueprint/types";

/**
 * Which hosting is in use, as a resource that another hosting would replace. It is protected, so that the engine refuses the
 * change, and everything waits for it, so that it is refused before anything else is done. The step before the one that uses
 * another hosting takes the protection off, and the one after puts it on again: the engine refuses when it was on and is to be on.
 */
export function hostingInUse(
  name: string,
  { hosting, deletionProtection, hostingMayChange }: Blueprint,
  transformations: pulumi.ResourceTransformation[],
): pulumi.Resource {
  return new random.RandomUuid(`${name}-hosting`, { keepers: { hosting } }, { protect: deletionProtection && !hostingMayChange, transformations });
}
