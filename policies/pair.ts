import { followsAsStandbyCluster, type PairedBlueprint } from "../sla/ownRegion";
import { Unreadable } from "./stack/item";
import type { Region, Stack } from "./stack/stack";
import { levelOf } from "./verdict";

/** One of two regions of own hosts, which knows the other. */
export interface PairedRegion {
  region: Region;
  blueprint: PairedBlueprint;
}

/** Both regions of a level 3 on own hosts; null for any other stack. Throws `Unreadable` where one does not know the other. */
export function ownPair(stack: Stack): [PairedRegion, PairedRegion] | null {
  const { regions } = stack;
  if (levelOf(stack) < 3 || regions.every(({ blueprint }) => blueprint.hosting === "managed")) return null;
  const [first, second] = regions.map(paired);
  if (first === undefined || second === undefined) throw new Error("level 3 on own hosts with fewer than two regions");
  return [first, second];
}

function paired(region: Region): PairedRegion {
  const { blueprint, platform } = region;
  if (!followsAsStandbyCluster(blueprint)) throw new Unreadable(platform.urn, "blueprint.pair", "missing", "what the region knows of the other");
  return { region, blueprint };
}
