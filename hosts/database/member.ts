import type { Host, SelfHostedBlueprint } from "../../blueprint/types";

/**
 * A member's name in Patroni, by which the primary knows its standbys (`application_name`). Those of two regions must differ: the
 * second region's standby leader would pass for the first one's synchronous standby of that name, and confirm commits in its place.
 */
export function memberName({ site }: SelfHostedBlueprint, { name }: Host): string {
  return site === "standby" ? `${name}-b` : name;
}
