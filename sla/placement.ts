import type { Blueprint, Host } from "../blueprint/types";
import { assumptions } from "./assumptions";

/** What a request passes on its way, as far as it can fail by itself. */
export type PartName = "edge" | "api" | "worker" | "database" | "cache" | "queues" | "objects";

/** Machines that stand for each other: the zone of each, and how many of them must be there. */
export interface Part {
  name: PartName;
  zones: string[];
  needed: number;
  /** That what one acknowledges is only on it and one other, which therefore must not be in its zone. */
  paired?: true;
}

/** The parts that a region is made of: what AWS runs as one service (a load balancer, S3) is none. */
export function partsOf(blueprint: Blueprint): Part[] {
  const { groups, network } = blueprint;
  const zones = network.zones.map(({ name }) => name);
  const machines = (role: "api" | "worker"): string[] => {
    const group = groups.find((one) => one.role === role);
    return group === undefined ? zonesOf(blueprint, role) : spread(group.minimum, zones);
  };
  const api = machines("api");
  return [
    { name: "api", zones: api, needed: Math.max(1, Math.ceil(api.length * assumptions.loadShare.value)) },
    // Jobs wait: one host does them all, later.
    { name: "worker", zones: machines("worker"), needed: 1 },
    ...(blueprint.hosting === "managed" ? managedParts(blueprint, zones) : ownParts(blueprint)),
  ];
}

function ownParts(blueprint: Extract<Blueprint, { hosting: "selfHosted" }>): Part[] {
  const { redis, objects } = blueprint;
  const quorum = zonesOf(blueprint, "redis");
  // A majority of Sentinels chooses a master, which takes no writes without its replicas.
  const redisNeeded = Math.max(redis.sentinel.quorum, redis.minReplicasToWrite + 1);
  const drives = zonesOf(blueprint, "objects");
  return [
    { name: "edge", zones: zonesOf(blueprint, "edge"), needed: 1 },
    // Failsafe mode keeps a primary while etcd has no quorum, and it needs no standby to go on.
    { name: "database", zones: zonesOf(blueprint, "database"), needed: 1, paired: true },
    { name: "cache", zones: quorum, needed: redisNeeded },
    { name: "queues", zones: quorum, needed: redisNeeded },
    ...(objects.minio === null ? [] : [{ name: "objects" as const, zones: drives, needed: hostsToWrite(drives.length, objects.minio) }]),
  ];
}

function managedParts({ database, redis }: Extract<Blueprint, { hosting: "managed" }>, zones: readonly string[]): Part[] {
  // An instance has its standby in another zone, a cluster of three one machine a zone: AWS places them.
  const members = { rdsInstance: spread(2, zones), rdsCluster: spread(3, zones), aurora: database.members.map(({ zone }) => zone) }[database.kind];
  return [
    { name: "database", zones: members, needed: 1 },
    ...redis.instances.map(({ name, nodes }): Part => ({ name, zones: spread(nodes, zones), needed: 1 })),
  ];
}

/** MinIO's hosts without which nothing is written: its data drives, and one more when there are as many parity drives. */
function hostsToWrite(hosts: number, { drivesPerHost, parity }: { drivesPerHost: number; parity: number }): number {
  const data = hosts * drivesPerHost - parity;
  return Math.ceil((data === parity ? data + 1 : data) / drivesPerHost);
}

function zonesOf({ hosts }: Blueprint, role: Host["role"]): string[] {
  return hosts.filter((host) => host.role === role).map(({ zone }) => zone);
}

function spread(count: number, zones: readonly string[]): string[] {
  return Array.from({ length: count }, (_, index) => zones[index % zones.length] ?? "");
}

/** Why a part does not go on when one of its machines is lost; undefined when it does. */
export function hostFault({ name, zones, needed }: Part): string | undefined {
  return zones.length > needed ? undefined : `${name}: ${String(zones.length)} machines, of which ${String(needed)} are needed`;
}

/** Why a part does not go on when a whole zone is lost; undefined when it does, whichever it is. */
export function zoneFault({ name, zones, needed, paired }: Part): string | undefined {
  const fatal = [...new Set(zones)].find((zone) => zones.filter((one) => one !== zone).length < needed);
  const both = paired === true ? zones.find((zone, index) => zones.indexOf(zone) !== index) : undefined;
  if (fatal === undefined && both !== undefined) return `${name}: a primary and its only synchronous standby may both be in zone ${both}`;
  return fatal === undefined
    ? undefined
    : `${name}: without zone ${fatal} ${String(zones.filter((one) => one !== fatal).length)} of ${String(zones.length)} machines are left, needed ${String(needed)}`;
}
