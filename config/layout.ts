import type { Settings } from "./keys";

/** A kind of host, as settings name it in `<role>Hosts` and `<role>InstanceType`. */
export type LayoutRole = "edge" | "api" | "worker" | "database" | "redis" | "objects";
export type LayoutTier = "public" | "private" | "data";

interface RoleLayout {
  /** What host names begin with. */
  prefix: string;
  tier: LayoutTier;
  /** Host `n` has the address at `offset + n` in its subnet, up to the ninth. */
  offset: number;
  /** The others have theirs at `further + n`; absent: there are no others. */
  further?: number;
}

/** Hosts of a role whose addresses stand beside those of the other roles. */
const near = 9;

/**
 * Where the hosts of each role stand. Ten addresses a role, above the five that AWS keeps in every subnet, so that an
 * address names its role and index in every zone: `.42` is db-2.
 */
export const layout: Record<LayoutRole, RoleLayout> = {
  edge: { prefix: "edge", tier: "public", offset: 10 },
  api: { prefix: "api", tier: "private", offset: 20, further: 256 },
  worker: { prefix: "worker", tier: "private", offset: 30, further: 512 },
  database: { prefix: "db", tier: "data", offset: 40 },
  redis: { prefix: "redis", tier: "data", offset: 50 },
  objects: { prefix: "minio", tier: "data", offset: 60 },
};

/** Where the 1-based `index`th host of a role has its address in its subnet. */
export function addressOffset(role: LayoutRole, index: number): number {
  const { offset, further } = layout[role];
  return (index > near && further !== undefined ? further : offset) + index;
}

/** How many hosts of a role there are. */
export function hostCount(settings: Settings, role: LayoutRole): number {
  if (role === "objects") return settings.objectStore === "minio" ? settings.minioHosts : 0;
  return settings[`${role}Hosts`];
}

/** Position, in the list of zones, of the zone of the 1-based `index`th host: round robin, so that no zone has two more than another. */
export function zoneIndexOf(index: number, zones: number): number {
  return (index - 1) % zones;
}

/** Most hosts of a role that one zone holds. */
export function mostInOneZone(hosts: number, zones: number): number {
  return Math.ceil(hosts / zones);
}
