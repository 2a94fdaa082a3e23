import type { Hosting } from "../blueprint/types";
import type { Failure } from "./recovery";

/** What the trials of one drill showed. Whoever reads the results files hands it in. */
export interface Evidence {
  hosting: Hosting;
  drill: string;
  trials: number;
  /** Longest gap of all trials that kept what was promised, in seconds. */
  worstSeconds: number;
  /** Trials in which something that was promised was broken. */
  broken: number;
  /** Acknowledged and lost, beyond what the failure may lose. */
  lost: number;
  /** Of the last trial, ISO 8601. */
  date: string;
}

/** Drills that show a failure's time with own hosts. */
const ownDrills: Record<Failure, readonly string[]> = {
  "database-primary-host-lost": ["database-primary-host-lost", "primary-partitioned"],
  "database-primary-host-lost-without-witnesses": ["database-primary-host-lost-without-witnesses"],
  "database-primary-frozen": ["frozen-primary-resumes"],
  "postgres-killed": ["postgres-killed"],
  "disk-full": ["disk-full"],
  "patroni-killed": ["patroni-killed"],
  "database-standby-lost": ["database-standby-lost", "host-replaced"],
  "etcd-quorum-lost": ["etcd-quorum-lost"],
  "planned-switchover": ["planned-switchover"],
  "redis-master-host-lost": ["queues-master-host-lost", "cache-master-host-lost", "queues-master-partitioned"],
  "redis-restarted": ["queues-redis-killed", "cache-redis-killed"],
  "edge-host-lost": ["edge-host-lost", "edge-host-stalls"],
  "haproxy-killed": ["haproxy-killed"],
  "api-host-lost": ["api-host-lost"],
  "api-process-lost": ["api-process-crashed"],
  "api-process-hung": ["api-process-hung"],
  "worker-host-lost": ["worker-host-lost", "payment-workers-host-lost"],
  "payment-workers-host-lost": [],
  "objects-host-lost": ["objects-host-lost"],
  "objects-zone-lost": ["objects-zone-lost"],
  "zone-lost": ["zone-lost"],
  "slow-network": ["slow-and-lossy-network"],
  "rolling-deploy": ["rolling-deploy"],
  "power-cycle": ["power-cycle"],
};

/** Drills of managed services. Their gap begins when the service's name moves: what AWS takes until then is AWS's word. */
const managedDrills: Partial<Record<Failure, readonly string[]>> = {
  "database-primary-host-lost": ["database-writer-lost", "database-moved"],
  "redis-master-host-lost": ["queues-primary-lost", "queues-moved", "cache-primary-lost"],
};

/** Names of the drills that show a failure; none for one that no drill is about. */
export function drillsOf(hosting: Hosting, failure: string): readonly string[] {
  const drills: Readonly<Record<string, readonly string[]>> = hosting === "managed" ? managedDrills : ownDrills;
  return drills[failure] ?? [];
}

/** What was measured of a failure. */
export interface Measured {
  drills: string[];
  trials: number;
  broken: number;
  worstSeconds: number;
  lost: number;
  date: string;
  /**
   * What of the bound was measured: all of it; with managed services what comes after the service's name has moved; of lost
   * workers what clients saw, who do not wait for jobs.
   */
  of: "whole" | "sinceNameMoved" | "clientsOnly";
}

/** All evidence about a failure as one; null when there is none. */
export function measuredOf(evidence: readonly Evidence[], hosting: Hosting, failure: string): Measured | null {
  const drills = drillsOf(hosting, failure);
  const about = evidence.filter((one) => one.hosting === hosting && drills.includes(one.drill));
  if (about.length === 0) return null;
  const sum = (of: (one: Evidence) => number): number => about.reduce((total, one) => total + of(one), 0);
  return {
    drills: about.map(({ drill }) => drill),
    trials: sum(({ trials }) => trials),
    broken: sum(({ broken }) => broken),
    worstSeconds: Math.max(...about.map(({ worstSeconds }) => worstSeconds)),
    lost: sum(({ lost }) => lost),
    date: about.map(({ date }) => date).reduce((latest, one) => (one > latest ? one : latest)),
    of: hosting === "managed" ? "sinceNameMoved" : failure === "worker-host-lost" ? "clientsOnly" : "whole",
  };
}
