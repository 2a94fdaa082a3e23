import type { Plan } from "../blueprint";
import type { Blueprint, ManagedBlueprint, SelfHostedBlueprint } from "../blueprint/types";
import { assumptions } from "./assumptions";
import type { FailureClass } from "./objectives";
import { managedBound } from "./managed";
import { hostFault, partsOf, zoneFault, type PartName } from "./placement";
import { boundOf, recoveryBound, type Bound, type Failure, type Wait } from "./recovery";
import { regionBounds } from "./region";

/** How long a class of failures keeps clients waiting: each failure with its bound, the longest of which counts; or none, and why. */
export type Recovery = { failures: { failure: string; bound: Bound }[]; seconds: number } | { failures: []; seconds: null; why: string };

/** Failures of each class with own hosts, by the names of `sla/recovery.ts`. */
const ownFailures: Partial<Record<FailureClass, readonly Failure[]>> = {
  process: ["api-process-lost", "api-process-hung", "postgres-killed", "patroni-killed", "redis-restarted"],
  apiHost: ["api-host-lost"],
  workerHost: ["worker-host-lost", "payment-workers-host-lost"],
  edgeHost: ["edge-host-lost", "haproxy-killed"],
  databasePrimary: ["database-primary-host-lost", "database-standby-lost", "planned-switchover", "etcd-quorum-lost"],
  standstill: ["database-primary-frozen"],
  fullVolume: ["disk-full"],
  redisPrimary: ["redis-master-host-lost"],
  objectsHost: ["objects-host-lost"],
  zone: ["zone-lost"],
};

const managedFailures: Partial<Record<FailureClass, readonly Failure[]>> = {
  process: ["api-process-lost"],
  apiHost: ["api-host-lost"],
  workerHost: ["worker-host-lost", "payment-workers-host-lost"],
  databasePrimary: ["database-primary-host-lost"],
  redisPrimary: ["redis-master-host-lost"],
  zone: ["zone-lost"],
};

/** Parts that have to outlive one of their machines for the class to be survived. */
const partsOfClass: Partial<Record<FailureClass, readonly PartName[]>> = {
  apiHost: ["api"],
  workerHost: ["worker"],
  edgeHost: ["edge"],
  databasePrimary: ["database"],
  standstill: ["database"],
  fullVolume: ["database"],
  redisPrimary: ["cache", "queues"],
  objectsHost: ["objects"],
};

/** What moving the Elastic IP takes on AWS, which the lab answers at once. */
const awsAddressMove: Wait = { what: "EC2 moves the address", seconds: assumptions.addressMoveSeconds.value, basis: "assumption" };

export const noOwnBackup = "no backup of own hosts' database and queues is built";

/** Why a lost region is the end of what was there, below level 3. */
export const oneRegion = "one region, and no backup outside it is built";

/** Whether a plan has what the class is about. */
export function concerns(plan: Plan, failure: FailureClass): boolean {
  // What AWS does with a managed database that stands still is within its failover.
  if (failure === "edgeHost" || failure === "standstill") return plan.primary.hosting === "selfHosted";
  if (failure === "objectsHost") return plan.primary.objects.minio !== null;
  return true;
}

/** The time of a class of failures. */
export function recoveryOf(plan: Plan, failure: FailureClass): Recovery {
  const { primary } = plan;
  if (failure === "region") return of(regionBounds(plan), plan.standby === null ? oneRegion : "nothing that is built bounds when the second region takes over");
  if (failure === "corruption")
    return none(primary.hosting === "managed" ? "AWS publishes no time for a restore to a point in time, and no drill has measured one" : noOwnBackup);
  if (failure === "fullVolume" && primary.hosting === "managed") return managedVolume(primary);
  const why = fault(primary, failure);
  if (why !== undefined) return none(why);
  return of(primary.hosting === "managed" ? managedBounds(primary, failure) : ownBounds(primary, failure), "nothing here bounds it");
}

function fault(blueprint: Blueprint, failure: FailureClass): string | undefined {
  const parts = partsOf(blueprint);
  const faults = failure === "zone" ? parts.map(zoneFault) : parts.filter(({ name }) => partsOfClass[failure]?.includes(name) === true).map(hostFault);
  return faults.find((one) => one !== undefined);
}

function ownBounds(blueprint: SelfHostedBlueprint, failure: FailureClass): { failure: string; bound: Bound }[] {
  const failures = [...(ownFailures[failure] ?? []), ...(failure === "zone" && blueprint.objects.minio !== null ? (["objects-zone-lost"] as const) : [])];
  const moves = blueprint.edge.kind === "keepalived" && (failure === "edgeHost" || failure === "zone");
  return failures.map((one) => {
    const bound = recoveryBound(blueprint, one);
    return { failure: one, bound: moves && one !== "objects-zone-lost" ? boundOf([...bound.waits, awsAddressMove]) : bound };
  });
}

function managedBounds(blueprint: ManagedBlueprint, failure: FailureClass): { failure: string; bound: Bound }[] {
  return (managedFailures[failure] ?? []).flatMap((one) => {
    const bound = managedBound(blueprint, one);
    return bound === null ? [] : [{ failure: one, bound }];
  });
}

function managedVolume({ database }: ManagedBlueprint): Recovery {
  if (database.kind !== "aurora") return none("RDS stops a database whose volume is full, and nothing here makes it grow");
  return of(
    [{ failure: "volume-full", bound: boundOf([{ what: "Aurora's volume grows by itself (Aurora user guide, storage)", seconds: 0, basis: "published" }]) }],
    "",
  );
}

function of(failures: { failure: string; bound: Bound }[] | null, otherwise: string): Recovery {
  if (failures === null || failures.length === 0) return none(otherwise);
  return { failures, seconds: Math.max(...failures.map(({ bound }) => bound.seconds)) };
}

function none(why: string): Recovery {
  return { failures: [], seconds: null, why };
}
