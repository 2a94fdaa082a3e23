import { rule } from "../../rule";
import { counted, zonesOf } from "../../stack/placement";

export const groupsOverZones = rule({
  name: "groups-over-zones",
  group: "redundancy",
  description: "every Auto Scaling group spreads its machines over two zones at level 1, and over three above it",
  why: "A group makes new machines only in the zones that it has: with one, the loss of that zone leaves it nowhere to make them.",
  limits: { zones: { what: "zones of an Auto Scaling group", stricter: "higher", of: (level) => ({ 1: 2, 2: 3, 3: 3 })[level] } },
  judge: (stack, limits) =>
    stack.ofType("aws:autoscaling/group:Group").flatMap((group) => {
      const zones = zonesOf(stack, group, "vpcZoneIdentifiers");
      if (zones.length >= limits.zones) return [];
      return [
        {
          urn: group.urn,
          promised: `machines over at least ${String(limits.zones)} zones`,
          found: counted(zones),
          fix: "put a subnet of each further zone into vpcZoneIdentifiers",
        },
      ];
    }),
});
