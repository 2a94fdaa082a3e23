import type { ManagedBlueprint } from "../blueprint/types";
import type { Bound, Failure, Wait } from "./recovery";

/** What AWS says that a failover takes, at the longest of what it calls typical. The lab cannot measure them. */
const failoverSeconds: Record<ManagedBlueprint["database"]["kind"], { seconds: number; source: string }> = {
  rdsInstance: { seconds: 120, source: "Amazon RDS user guide, Multi-AZ DB instance: typically 60–120 s" },
  rdsCluster: { seconds: 35, source: "Amazon RDS API, FailoverDBCluster of a Multi-AZ DB cluster: typically less than 35 s" },
  aurora: { seconds: 60, source: "Amazon Aurora user guide, high availability: typically less than 60 s, often less than 30 s" },
};
const redisFailoverSeconds = { seconds: 60, source: "Amazon ElastiCache user guide, minimizing downtime with Multi-AZ: a few seconds to a minute" };
/** As the private names' and AWS's own answers for a database. */
const nameTtlSeconds = 5;
/** What bundler_endpoints.py takes to see an answer, the data proxy to check the new address, and clients to come again; measured by the drills: up to 4.3 s. */
const followSeconds = 4.5;
const answerSeconds = 0.5;
/** BullMQ's lock of a job and its look for stalled ones, the application's settings; and a job that is begun again. */
const jobWaits: Wait[] = [
  { what: "the lost worker's locks end", seconds: 30 },
  { what: "another worker looks for stalled jobs", seconds: 30 },
  { what: "the job is done again", seconds: 10 },
];
const processStartSeconds = 15;

/** The bound of a failure with managed services; null for one that such a stack does not have. The parts that are AWS's own word are named so. */
export function managedBound(blueprint: ManagedBlueprint, failure: Failure): Bound | null {
  const waits = waitsOf(blueprint)[failure];
  if (waits === undefined) return null;
  return { waits, seconds: Math.round(waits.reduce((sum, wait) => sum + wait.seconds, 0) * 100) / 100 };
}

function waitsOf({ edge, database, singleton }: ManagedBlueprint): Partial<Record<Failure, Wait[]>> {
  const { check } = edge;
  const lostTarget: Wait[] = [
    { what: "the load balancer's checks fail", seconds: check.intervalSeconds * check.count + check.timeoutSeconds },
    { what: "answer", seconds: answerSeconds },
  ];
  const follow: Wait[] = [
    { what: "the old answer of the name ends", seconds: nameTtlSeconds },
    { what: "the data proxy follows", seconds: followSeconds },
    { what: "answer", seconds: answerSeconds },
  ];
  const databaseLost: Wait[] = [{ what: failoverSeconds[database.kind].source, seconds: failoverSeconds[database.kind].seconds }, ...follow];
  const redisLost: Wait[] = [{ what: redisFailoverSeconds.source, seconds: redisFailoverSeconds.seconds }, ...follow];
  return {
    "api-process-lost": lostTarget,
    "api-host-lost": lostTarget,
    "worker-host-lost": jobWaits,
    "payment-workers-host-lost": [
      { what: "its lease ends", seconds: singleton.leaseSeconds },
      { what: "the other host's next try", seconds: singleton.renewSeconds },
      { what: "payment-workers starts", seconds: processStartSeconds },
    ],
    "database-primary-host-lost": databaseLost,
    "redis-master-host-lost": redisLost,
    // Side by side: the longest of them.
    "zone-lost": [databaseLost, redisLost, lostTarget].reduce((longest, one) => (total(one) > total(longest) ? one : longest)),
  };
}

function total(waits: readonly Wait[]): number {
  return waits.reduce((sum, { seconds }) => sum + seconds, 0);
}
