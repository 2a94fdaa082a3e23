import type { Blueprint, Host, HostRole } from "../blueprint/types";

/** Mount point of the host's first data volume. Throws when the host has none. */
export function dataMount(host: Host): string {
  const volume = host.volumes[0];
  if (volume === undefined) {
    throw new Error(`host ${host.name} (${host.role}) has no data volume: give it one in the blueprint, or its data is lost with the host`);
  }
  return volume.mountPoint;
}

/** Hosts of one role, in the order of their index. Throws when there is none. */
export function hostsOf(blueprint: Blueprint, role: HostRole): [Host, ...Host[]] {
  const [first, ...rest] = blueprint.hosts.filter((host) => host.role === role).sort((a, b) => a.index - b.index);
  if (first === undefined) {
    throw new Error(`the blueprint of stack ${blueprint.stack} has no ${role} host: at least one is needed`);
  }
  return [first, ...rest];
}
