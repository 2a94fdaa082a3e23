import type { Drill } from "./drill";
import { apiHostLost } from "./failures/api-host-lost";
import { apiProcessCrashed } from "./failures/api-process-crashed";
import { apiProcessHung } from "./failures/api-process-hung";
import { cacheMasterHostLost } from "./failures/cache-master-host-lost";
import { cacheRedisKilled } from "./failures/cache-redis-killed";
import { databasePrimaryHostLost } from "./failures/database-primary-host-lost";
import { databasePrimaryHostLostWithoutWitnesses } from "./failures/database-primary-host-lost-without-witnesses";
import { databaseStandbyLost } from "./failures/database-standby-lost";
import { diskFull } from "./failures/disk-full";
import { edgeHostLost } from "./failures/edge-host-lost";
import { edgeHostStalls } from "./failures/edge-host-stalls";
import { etcdQuorumLost } from "./failures/etcd-quorum-lost";
import { frozenPrimaryResumes } from "./failures/frozen-primary-resumes";
import { haproxyKilled } from "./failures/haproxy-killed";
import { hostReplaced } from "./failures/host-replaced";
import { objectsHostLost } from "./failures/objects-host-lost";
import { objectsZoneLost } from "./failures/objects-zone-lost";
import { patroniKilled } from "./failures/patroni-killed";
import { paymentWorkersHostLost } from "./failures/payment-workers-host-lost";
import { plannedSwitchover } from "./failures/planned-switchover";
import { postgresKilled } from "./failures/postgres-killed";
import { powerCycle } from "./failures/power-cycle";
import { primaryPartitioned } from "./failures/primary-partitioned";
import { queuesMasterHostLost } from "./failures/queues-master-host-lost";
import { queuesMasterPartitioned } from "./failures/queues-master-partitioned";
import { queuesRedisKilled } from "./failures/queues-redis-killed";
import { rollingDeploy } from "./failures/rolling-deploy";
import { slowAndLossyNetwork } from "./failures/slow-and-lossy-network";
import { workerHostLost } from "./failures/worker-host-lost";
import { zoneLost } from "./failures/zone-lost";

/** Every drill, in the order in which they run. */
export const drills: readonly Drill[] = [
  apiProcessCrashed,
  patroniKilled,
  queuesRedisKilled,
  cacheRedisKilled,
  haproxyKilled,
  postgresKilled,
  edgeHostLost,
  edgeHostStalls,
  apiHostLost,
  queuesMasterHostLost,
  cacheMasterHostLost,
  databasePrimaryHostLost,
  databaseStandbyLost,
  apiProcessHung,
  plannedSwitchover,
  diskFull,
  workerHostLost,
  paymentWorkersHostLost,
  primaryPartitioned,
  queuesMasterPartitioned,
  frozenPrimaryResumes,
  etcdQuorumLost,
  slowAndLossyNetwork,
  databasePrimaryHostLostWithoutWitnesses,
  objectsHostLost,
  objectsZoneLost,
  zoneLost,
  hostReplaced,
  rollingDeploy,
  powerCycle,
];
