import { addressAt, cidrOf } from "../config/cidr";
import { addressOffset, hostCount, layout, zoneIndexOf } from "../config/layout";
import type { Settings } from "../config/settings";
import type { Host, HostRole, Process, Zone } from "./types";
import { volumesOf } from "./volumes";

const roles: readonly HostRole[] = ["edge", "api", "worker", "database", "redis", "objects"];

/** Room for Debian, packages and logs; on application hosts also two releases (about 3 GB each, unpacked) and Node. */
export const rootGib: Record<HostRole, number> = { edge: 16, api: 40, worker: 40, database: 20, redis: 16, objects: 16 };

/** Every host of the stack, with its zone and its fixed address. */
export function makeHosts(settings: Settings, zones: readonly Zone[], processes: readonly Process[]): Host[] {
  return roles.flatMap((role) => Array.from({ length: hostCount(settings, role) }, (_, position) => makeHost(settings, zones, processes, role, position + 1)));
}

function makeHost(settings: Settings, zones: readonly Zone[], processes: readonly Process[], role: HostRole, index: number): Host {
  const { prefix, tier } = layout[role];
  const zone = zones[zoneIndexOf(index, zones.length)];
  if (zone === undefined) throw new Error(`host ${prefix}-${index}: given no zones, needed at least one`);
  return {
    name: `${prefix}-${index}`,
    role,
    index,
    zone: zone.name,
    tier,
    address: addressAt(cidrOf(zone.cidrs[tier]), addressOffset(role, index)),
    instanceType: settings[`${role}InstanceType`],
    rootGib: rootGib[role],
    volumes: volumesOf(settings, role),
    processes: processes.filter((process) => process.role === role && (process.placement !== "firstHost" || index === 1)).map((process) => process.name),
  };
}
