import * as aws from "@pulumi/aws";
import type { Blueprint } from "../blueprint/types";

/** The region's provider. Its tags are on everything that takes tags. Needs no credentials for a preview. */
export function regionProvider(blueprint: Blueprint): aws.Provider {
  return new aws.Provider(`aws-${blueprint.region}`, {
    region: blueprint.region as aws.Region,
    defaultTags: { tags: { "ha:stack": blueprint.stack, "ha:level": String(blueprint.level) } },
  });
}
