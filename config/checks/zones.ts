import { shown } from "../fault";
import type { Check } from "./check";

/** Zones that make a quorum: three or four, distinct, of the stack's region. */
export const zoneChecks: readonly Check[] = [
  {
    reads: ["zones", "region"],
    find({ zones, region }) {
      const foreign = zones.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone));
      if (foreign.length > 0) return [{ key: "zones", given: shown(foreign), needed: `zones of region ${region}`, fix: "name the region's own zones" }];
      if (new Set(zones).size !== zones.length || zones.length < 3 || zones.length > 4)
        return [
          {
            key: "zones",
            given: shown(zones),
            needed: "3 or 4 distinct zones",
            fix: "with two, losing one takes the quorum of etcd and Sentinel with it",
          },
        ];
      return [];
    },
  },
];
