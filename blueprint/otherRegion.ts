import type { Blueprint, Flow, Host } from "./types";

/** Hosts of the stack's other region, where both are of own hosts; none otherwise. */
export function otherHosts(blueprint: Blueprint): Host[] {
  return blueprint.hosting === "selfHosted" && blueprint.pair !== null ? blueprint.pair.other.hosts : [];
}

/** Those of one role, which is the role that they call here: databases follow each other, and MinIO's sites copy to each other. */
export function otherHostsOf(blueprint: Blueprint, role: Flow["to"]): Host[] {
  return otherHosts(blueprint).filter((host) => host.role === role);
}
