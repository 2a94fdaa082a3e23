import { rule, type Violation } from "../../rule";
import { fullest, groupsOf, hostsOf, zoneOf, zonesOf } from "../../stack/placement";
import type { Region, Stack } from "../../stack/stack";

export const capacityAfterZoneLoss = rule({
  name: "capacity-after-zone-loss",
  group: "redundancy",
  description: "with the fullest zone gone, one API host and one worker are left at level 1, and two thirds of each above it",
  why: "New machines take minutes, and a whole region asks for them at once: what is left has to carry the load.",
  limits: {
    machines: { what: "machines of a role that are left", stricter: "higher", of: () => 1 },
    percent: { what: "percent of a role's machines that are left", stricter: "higher", of: (level) => ({ 1: 0, 2: 66, 3: 66 })[level] },
  },
  judge: (stack, limits) =>
    stack.regions.flatMap((region) =>
      (["api", "worker"] as const)
        // A region that waits has no workers.
        .filter((role) => !(role === "worker" && region.blueprint.site === "standby"))
        .flatMap((role): Violation[] => {
          const { all, left } = capacity(stack, region, role);
          if (left >= limits.machines && left * 100 >= limits.percent * all) return [];
          return [
            {
              urn: region.platform.urn,
              promised: `of role ${role} at least ${String(limits.machines)} machines and ${String(limits.percent)} % left when a zone is lost`,
              found: `${String(left)} of ${String(all)}`,
              fix: `raise ${role}Hosts in the stack's config, or spread them evenly`,
            },
          ];
        }),
    ),
});

/** Machines of a role, and how many are left without the zone that has most. A group spreads the machines that it always has evenly. */
function capacity(stack: Stack, region: Region, role: "api" | "worker"): { all: number; left: number } {
  const hosts = hostsOf(region, role).map((host) => zoneOf(stack, host));
  const parts = [
    { all: hosts.length, lost: fullest(hosts) },
    ...groupsOf(region, role).map((group) => {
      const machines = group.number("minSize");
      return { all: machines, lost: Math.ceil(machines / zonesOf(stack, group, "vpcZoneIdentifiers").length) };
    }),
  ];
  const all = parts.reduce((sum, part) => sum + part.all, 0);
  return { all, left: parts.reduce((sum, part) => sum - part.lost, all) };
}
