import type { Plan } from "../blueprint";
import type { ManagedBlueprint } from "../blueprint/types";
import { assumptions } from "./assumptions";
import { journeys, type JourneyName } from "./journeys";
import { partsOf, type Part, type PartName } from "./placement";
import { agreements, databaseAgreement } from "./published";

/**
 * Availability of a journey if everything were as often away as AWS's agreements allow: the product over what it passes,
 * failovers taking no time. What one may claim credits by, not what one may expect.
 */
export function agreedAvailability(plan: Plan, name: JourneyName): number {
  const { primary, standby } = plan;
  const region = journeys[name].needs.map((part) => agreed(plan, part)).reduce((product, one) => product * one, 1);
  if (standby === null) return region;
  // Away when both are, or when the switch fails; the second is there by the same agreements.
  const both = 1 - (1 - region) * (1 - assumptions.regionSwitchSuccess.value * region);
  const accelerated = primary.hosting === "managed" && primary.edge.failover?.traffic === "globalAccelerator" && name !== "bundlePosting";
  return both * (accelerated ? agreements.globalAccelerator.availability : 1);
}

function agreed({ primary }: Plan, part: PartName): number {
  if (part === "objects" && primary.objects.kind === "s3") return agreements.s3.availability;
  const machines = partsOf(primary).find(({ name }) => name === part);
  if (primary.hosting === "managed") return managed(primary, part);
  const own = machines === undefined ? 0 : enough(machines);
  return part === "edge" && primary.edge.kind === "nlb" ? own * agreements.loadBalancer.availability : own;
}

function managed({ database }: ManagedBlueprint, part: PartName): number {
  switch (part) {
    case "edge":
      return agreements.loadBalancer.availability;
    case "api":
    case "worker":
      return agreements.computeRegion.availability;
    case "database":
      return databaseAgreement[database.kind].availability;
    case "cache":
    case "queues":
      return agreements.elastiCache.availability;
    case "objects":
      return agreements.s3.availability;
  }
}

/** That enough of a part's machines are up, each as often as the agreement for one machine says. */
function enough({ zones, needed }: Part): number {
  const up = agreements.computeInstance.availability;
  // One machine after the other: the chance of each count of machines that are up.
  const counts = zones.reduce<number[]>(
    (before, _, n) => Array.from({ length: n + 2 }, (__, k) => (before[k] ?? 0) * (1 - up) + (before[k - 1] ?? 0) * up),
    [1],
  );
  return counts.slice(needed).reduce((sum, one) => sum + one, 0);
}
