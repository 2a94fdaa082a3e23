import type { Blueprint, RegionPair, SelfHostedBlueprint } from "../blueprint/types";
import { assumptions } from "./assumptions";
import { primaryFollowed, promoted, type Wait } from "./recovery";

/** A region of own hosts that knows another. */
export type PairedBlueprint = SelfHostedBlueprint & { pair: RegionPair };

/** To the other region's parameter: 2 s to connect and 2 s for the answer, tried once (hosts/database/bundler_region.py, parameter). */
const parameterSeconds = 4;
/** To each database host of the other region (hosts/database/bundler_region.py, World.says). */
const memberSeconds = 2;
/** Between a change of the cluster and the next look (hosts/database/bundler_region.py, SOON_SECONDS). */
const soonSeconds = 0.5;

/** Whether a region's database follows the other's, or is followed. */
export function followsAsStandbyCluster(blueprint: Blueprint): blueprint is PairedBlueprint {
  return blueprint.hosting === "selfHosted" && blueprint.pair !== null;
}

/** From the loss of the other region to the first write here: told by a person, then by its database hosts alone. */
export function ownWritesMove(blueprint: PairedBlueprint): Wait[] {
  const { lag } = blueprint.pair;
  return [
    // Of the minute in which the region is lost something may have been said.
    { what: "nobody says the database's lag any more, and its alarm in the second region rings", seconds: lag.periodSeconds * (lag.periods + 1) },
    { what: "a person approves the switch", seconds: assumptions.decisionSeconds.value, basis: "assumption" },
    { what: "the plan's function writes the word", seconds: assumptions.planStartSeconds.value, basis: "assumption" },
    ...takesOver(blueprint),
  ];
}

/** From the word, while the other region is gone, to the first write. */
export function takesOver({ pair, database, proxy }: PairedBlueprint): Wait[] {
  const members = pair.other.hosts.filter(({ role }) => role === "database").length;
  // A host asks one after the other, and each question to a region that is gone takes its whole time.
  const lookSeconds = pair.pollSeconds + parameterSeconds + memberSeconds * members;
  return [
    { what: "the second region's database host hears the word", seconds: lookSeconds },
    { what: "the first region has been silent for long enough", seconds: pair.silentSeconds },
    { what: "the next look, at which that is seen", seconds: lookSeconds },
    { what: "Patroni reads that its cluster follows nobody any more", seconds: database.patroni.loopWaitSeconds },
    promoted,
    { what: "its host lets clients in", seconds: soonSeconds + parameterSeconds },
    ...primaryFollowed(proxy),
  ];
}
