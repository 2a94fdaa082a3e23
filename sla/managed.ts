import type { ManagedBlueprint } from "../blueprint/types";
import { answerSeconds, boundOf, singletonLost, totalSeconds, workerLost, type Bound, type Failure, type Wait } from "./recovery";

/** What AWS says that a failover takes, at the longest of what it calls typical. The lab cannot measure them. */
const failoverSeconds: Record<ManagedBlueprint["database"]["kind"], { seconds: number; source: string }> = {
  rdsInstance: { seconds: 120, source: "Amazon RDS user guide, Multi-AZ DB instance: typically 60–120 s" },
  rdsCluster: { seconds: 35, source: "Amazon RDS API, FailoverDBCluster of a Multi-AZ DB cluster: typically less than 35 s" },
  aurora: { seconds: 60, source: "Amazon Aurora user guide, high availability: typically less than 60 s, often less than 30 s" },
};
const redisFailoverSeconds = { seconds: 60, source: "Amazon ElastiCache user guide, minimizing downtime with Multi-AZ: a few seconds to a minute" };
/** What bundler_endpoints.py takes to see an answer, the data proxy to check the new address, and clients to come again; measured by the drills: up to 4.3 s. */
const followSeconds = 4.5;

/** The bound of a failure with managed services; null for one that such a stack does not have. The parts that are AWS's own word are named so. */
export function managedBound(blueprint: ManagedBlueprint, failure: Failure): Bound | null {
  const waits = waitsOf(blueprint)[failure];
  return waits === undefined ? null : boundOf(waits);
}

/** From the change of a service's name to the first write. */
export function nameFollowed(ttlSeconds: number): Wait[] {
  return [
    { what: "the old answer of the name ends", seconds: ttlSeconds },
    { what: "the data proxy follows", seconds: followSeconds, basis: "drill" },
    { what: "answer", seconds: answerSeconds },
  ];
}

function waitsOf({ edge, database, singleton, internalZone }: ManagedBlueprint): Partial<Record<Failure, Wait[]>> {
  const { check } = edge;
  const lostTarget: Wait[] = [
    { what: "the load balancer's checks fail", seconds: check.intervalSeconds * check.count + check.timeoutSeconds },
    { what: "answer", seconds: answerSeconds },
  ];
  const follow = nameFollowed(internalZone.ttlSeconds);
  const databaseLost: Wait[] = [
    { what: failoverSeconds[database.kind].source, seconds: failoverSeconds[database.kind].seconds, basis: "published" },
    ...follow,
  ];
  const redisLost: Wait[] = [{ what: redisFailoverSeconds.source, seconds: redisFailoverSeconds.seconds, basis: "published" }, ...follow];
  return {
    "api-process-lost": lostTarget,
    "api-host-lost": lostTarget,
    "worker-host-lost": workerLost,
    "payment-workers-host-lost": singletonLost(singleton),
    "database-primary-host-lost": databaseLost,
    "redis-master-host-lost": redisLost,
    // Side by side: the longest of them.
    "zone-lost": [databaseLost, redisLost, lostTarget].reduce((longest, one) => (totalSeconds(one) > totalSeconds(longest) ? one : longest)),
  };
}
