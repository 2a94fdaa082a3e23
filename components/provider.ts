import type { Region } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import type { Blueprint } from "../blueprint/types";

/** The region's provider. Its tags are on everything that takes tags. Needs no credentials for a preview. */
export function regionProvider(blueprint: Blueprint): Provider {
  return new Provider(`aws-${blueprint.region}`, {
    region: blueprint.region as Region,
    defaultTags: { tags: { "ha:stack": blueprint.stack, "ha:level": String(blueprint.level) } },
  });
}
