import type { Hosting, Level } from "../blueprint/types";

/**
 * The contract: for how long a failure may keep clients waiting, and what it may lose. Typed here and nowhere derived, so
 * that a stack is held against something that does not follow it.
 *
 * It begins with the audit of the guide (its objectives per class of failure) and is corrected by what was measured here
 * (`docs/drills/`); `docs/promise.md` says where and why.
 */

/** What fails. */
export const failureClasses = {
  process: "a process, of the application or of own data hosts",
  apiHost: "an API host",
  workerHost: "a worker host, until its jobs are done by another",
  edgeHost: "the edge host that has the address, or HAProxy on it",
  databasePrimary: "the host of the database's primary, or of its synchronous standby",
  standstill: "the host of the database's primary stands still: its disk or its hypervisor does",
  fullVolume: "the primary's data volume is full",
  redisPrimary: "the host of a Redis primary",
  objectsHost: "a host of the object store",
  zone: "a whole zone",
  region: "the whole region",
  corruption: "data are damaged or deleted by somebody who may",
} as const;

export type FailureClass = keyof typeof failureClasses;

/** What can be lost of what was acknowledged: rows, jobs, data items. What the cache holds may always be lost. */
export const dataKinds = ["database", "queues", "objects"] as const;
export type DataKind = (typeof dataKinds)[number];

export interface Objective {
  /** Until clients are served again. */
  rtoSeconds: number;
  /** Age of what may be lost; null: the contract has none. */
  rpoSeconds: Record<DataKind, number | null>;
}

type ByLevel = Record<Level, Objective>;

const minute = 60;
const hour = 60 * minute;

function objective(rtoSeconds: number, database: number | null = 0, queues: number | null = 0, objects: number | null = 0): Objective {
  return { rtoSeconds, rpoSeconds: { database, queues, objects } };
}

function always(one: Objective): ByLevel {
  return { 1: one, 2: one, 3: one };
}

/**
 * A Redis primary that is cut off with clients on its side takes writes until it misses its replicas (audit: 1 s for a host
 * that is gone; a partition was measured to lose what came in 4 s).
 */
const queuesLossSeconds = 5;

/** Classes that mean the same whoever runs the services. */
const common: Pick<Record<FailureClass, ByLevel>, "process" | "apiHost" | "workerHost" | "region"> = {
  // The audit's, at level 1; a load balancer's fastest check keeps it at every level.
  process: always(objective(15)),
  apiHost: always(objective(15)),
  // BullMQ notices a lost worker after a minute; no client waits for it.
  workerHost: always(objective(90)),
  // The audit's. Queues are rebuilt from the database: no age can be said of what only they knew.
  region: {
    1: objective(8 * hour, 5 * minute, null, 15 * minute),
    2: objective(4 * hour, 5 * minute, null, 15 * minute),
    3: objective(15 * minute, 10, null, 15 * minute),
  },
};

/** Objectives by hosting: where AWS decides when it fails over, its word is the floor. A class that is missing does not exist there. */
export const objectives: Record<Hosting, Partial<Record<FailureClass, ByLevel>>> = {
  selfHosted: {
    ...common,
    // A second of keepalived, and EC2's time to move an address (audit: 5 to 15 s).
    edgeHost: always(objective(20)),
    // The guide's 10 s, which its own timings did not keep (audit: 24 to 48 s) and witnesses do.
    databasePrimary: always(objective(10)),
    // The application gives jobs up for good that waited longer (app-contract: three attempts in about 15 s).
    standstill: always(objective(15)),
    // PostgreSQL cannot end in good order on a full volume: it is given its time, then killed.
    fullVolume: always(objective(30)),
    // The guide's 5 s.
    redisPrimary: always(objective(5, 0, queuesLossSeconds)),
    objectsHost: always(objective(15)),
    // The audit's 1 to 5 minutes, of which the drills needed 10 s.
    zone: always(objective(minute, 0, queuesLossSeconds)),
    // The archive's pace: a segment a minute (audit).
    corruption: always(objective(4 * hour, minute, null, 0)),
  },
  managed: {
    ...common,
    // AWS's word for its failover (120 s of an RDS instance, 60 s of Aurora), and 10 s until hosts have followed the name.
    databasePrimary: { 1: objective(150), 2: objective(75), 3: objective(75) },
    fullVolume: always(objective(30)),
    redisPrimary: always(objective(75, 0, queuesLossSeconds)),
    zone: { 1: objective(150, 0, queuesLossSeconds), 2: objective(75, 0, queuesLossSeconds), 3: objective(75, 0, queuesLossSeconds) },
    // RDS keeps its log every five minutes.
    corruption: always(objective(4 * hour, 5 * minute, null, 0)),
  },
};

/** What a level with a hosting has to keep; undefined where the class does not exist. */
export function objectiveOf(level: Level, hosting: Hosting, failure: FailureClass): Objective | undefined {
  return objectives[hosting][failure]?.[level];
}

/** The pair that the guide puts at the head of each level. */
export interface Headline {
  availability: number;
  rtoSeconds: { least: number; most: number };
  rpoSeconds: number;
  /** Why the objectives are not this pair. */
  differs: string;
}

export const headlines: Record<Level, Headline> = {
  1: {
    availability: 0.999,
    rtoSeconds: { least: 5 * minute, most: 15 * minute },
    rpoSeconds: 5 * minute,
    differs:
      "One pair cannot hold for a killed process and for a lost region. Within the region every objective is far shorter, and nothing acknowledged in the database is lost. A lost region and a restore take hours, which the guide's own scenarios say too.",
  },
  2: {
    availability: 0.9995,
    rtoSeconds: { least: minute, most: 5 * minute },
    rpoSeconds: minute,
    differs:
      "The pair holds for every failure within the region, but for the jobs that ElastiCache had not copied yet, whose age nothing bounds. A restore to a point in time loses up to five minutes on AWS's services, not one; a lost region takes hours.",
  },
  3: {
    availability: 0.9999,
    rtoSeconds: { least: 30, most: 30 },
    rpoSeconds: 10,
    differs:
      "Within a region 30 s holds for every failure that clients of own hosts wait for, and with managed services for processes and hosts of the application only: AWS's own failover of a database or Redis takes up to a minute. A region takes 15 minutes: a person decides, and Aurora's failover over regions takes minutes. 10 s of loss holds for the database by the alarm of its lag, which neither PostgreSQL nor Aurora limits; objects in S3 may be 15 minutes behind, those in MinIO are behind without a bound, and queues are rebuilt.",
  },
};
