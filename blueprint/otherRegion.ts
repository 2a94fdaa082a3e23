import type { Blueprint, Host } from "./types";

/** Hosts of the stack's other region, where both are of own hosts; none otherwise. */
export function otherHosts(blueprint: Blueprint): Host[] {
  return blueprint.hosting === "selfHosted" && blueprint.pair !== null ? blueprint.pair.other.hosts : [];
}

/** Those with its database, which follow this region's, or are followed. */
export function otherDatabaseHosts(blueprint: Blueprint): Host[] {
  return otherHosts(blueprint).filter(({ role }) => role === "database");
}
