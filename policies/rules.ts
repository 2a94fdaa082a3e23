import type { Rule } from "./rule";
import { availabilityKept } from "./rules/promise/availability-kept";
import { drillsProveIt } from "./rules/promise/drills-prove-it";
import { objectivesKept } from "./rules/promise/objectives-kept";
import { promiseIsKnown } from "./rules/promise/promise-is-known";
import { componentsAsPromised } from "./rules/facts/components-as-promised";
import { databaseAsPromised } from "./rules/facts/database-as-promised";
import { databaseParametersAsPromised } from "./rules/facts/database-parameters-as-promised";
import { edgeAsPromised } from "./rules/facts/edge-as-promised";
import { filesAsPromised } from "./rules/facts/files-as-promised";
import { groupsAsPromised } from "./rules/facts/groups-as-promised";
import { hostsAsPromised } from "./rules/facts/hosts-as-promised";
import { namesAsPromised } from "./rules/facts/names-as-promised";
import { networkAsPromised } from "./rules/facts/network-as-promised";
import { noRulesBeside } from "./rules/facts/no-rules-beside";
import { objectsAsPromised } from "./rules/facts/objects-as-promised";
import { objectsKeptAsPromised } from "./rules/facts/objects-kept-as-promised";
import { ownEdgeAsPromised } from "./rules/facts/own-edge-as-promised";
import { programsAsPromised } from "./rules/facts/programs-as-promised";
import { redisAsPromised } from "./rules/facts/redis-as-promised";
import { routesAsPromised } from "./rules/facts/routes-as-promised";
import { secretsAsPromised } from "./rules/facts/secrets-as-promised";
import { securityRulesAsPromised } from "./rules/facts/security-rules-as-promised";
import { volumesAsPromised } from "./rules/facts/volumes-as-promised";
import { waysOutOpen } from "./rules/facts/ways-out-open";
import { balancersOverZones } from "./rules/redundancy/balancers-over-zones";
import { capacityAfterZoneLoss } from "./rules/redundancy/capacity-after-zone-loss";
import { clientsFollowTheWriter } from "./rules/redundancy/clients-follow-the-writer";
import { clientsReachEitherRegion } from "./rules/redundancy/clients-reach-either-region";
import { commitsReachAStandby } from "./rules/redundancy/commits-reach-a-standby";
import { databaseHasStandby } from "./rules/redundancy/database-has-standby";
import { databaseMembersApart } from "./rules/redundancy/database-members-apart";
import { edgeRedundant } from "./rules/redundancy/edge-redundant";
import { endpointsOverZones } from "./rules/redundancy/endpoints-over-zones";
import { globalDatabase } from "./rules/redundancy/global-database";
import { groupsOverZones } from "./rules/redundancy/groups-over-zones";
import { hostsOverZones } from "./rules/redundancy/hosts-over-zones";
import { leaderKeepsItsLease } from "./rules/redundancy/leader-keeps-its-lease";
import { minioSurvivesAZone } from "./rules/redundancy/minio-survives-a-zone";
import { natPerZone } from "./rules/redundancy/nat-per-zone";
import { objectsOverZones } from "./rules/redundancy/objects-over-zones";
import { onePaymentWorkers } from "./rules/redundancy/one-payment-workers";
import { ownRegionsTakeOver } from "./rules/redundancy/own-regions-take-over";
import { queuesAcknowledgedByAReplica } from "./rules/redundancy/queues-acknowledged-by-a-replica";
import { queuesNeverEvict } from "./rules/redundancy/queues-never-evict";
import { quorumsSurviveAZone } from "./rules/redundancy/quorums-survive-a-zone";
import { redisFailsOver } from "./rules/redundancy/redis-fails-over";
import { regionsConnected } from "./rules/redundancy/regions-connected";
import { sentinelsFailOver } from "./rules/redundancy/sentinels-fail-over";
import { singletonLeaseOutlivesARenewal } from "./rules/redundancy/singleton-lease-outlives-a-renewal";
import { steadyInstanceClasses } from "./rules/redundancy/steady-instance-classes";
import { switchPlanMovesEverything } from "./rules/redundancy/switch-plan-moves-everything";
import { twoRegionsApart } from "./rules/redundancy/two-regions-apart";
import { votesAreMajorities } from "./rules/redundancy/votes-are-majorities";
import { witnessesEndADeadLease } from "./rules/redundancy/witnesses-end-a-dead-lease";
import { workersFenced } from "./rules/redundancy/workers-fenced";
import { backupsKept } from "./rules/data/backups-kept";
import { bucketsTidy } from "./rules/data/buckets-tidy";
import { bucketsVersioned } from "./rules/data/buckets-versioned";
import { commitsAreKept } from "./rules/data/commits-are-kept";
import { dataResourcesProtected } from "./rules/data/data-resources-protected";
import { deletionCanBeUndone } from "./rules/data/deletion-can-be-undone";
import { deletionRefused } from "./rules/data/deletion-refused";
import { finalSnapshotTaken } from "./rules/data/final-snapshot-taken";
import { keysInBothRegions } from "./rules/data/keys-in-both-regions";
import { objectsReplicated } from "./rules/data/objects-replicated";
import { secretsReplicated } from "./rules/data/secrets-replicated";
import { databaseWatched } from "./rules/detection/database-watched";
import { drainBeforeStop } from "./rules/detection/drain-before-stop";
import { healthChecksAsPromised } from "./rules/detection/health-checks-as-promised";
import { instanceRecovery } from "./rules/detection/instance-recovery";
import { logsKept } from "./rules/detection/logs-kept";
import { regionLossNoticed } from "./rules/detection/region-loss-noticed";
import { regionSwitchApproved } from "./rules/detection/region-switch-approved";
import { regionSwitchReady } from "./rules/detection/region-switch-ready";
import { replicationLagAlarmed } from "./rules/detection/replication-lag-alarmed";
import { scalingFollowsLoad } from "./rules/detection/scaling-follows-load";
import { trafficRecorded } from "./rules/detection/traffic-recorded";
import { unhealthyReplaced } from "./rules/detection/unhealthy-replaced";
import { bucketsNotPublic } from "./rules/security/buckets-not-public";
import { bucketsRefusePlainHttp } from "./rules/security/buckets-refuse-plain-http";
import { dataAdmitsOnlyGroups } from "./rules/security/data-admits-only-groups";
import { dataInPrivateSubnets } from "./rules/security/data-in-private-subnets";
import { dataTrafficEncrypted } from "./rules/security/data-traffic-encrypted";
import { databasesNotPublic } from "./rules/security/databases-not-public";
import { defaultGroupEmpty } from "./rules/security/default-group-empty";
import { imdsv2Required } from "./rules/security/imdsv2-required";
import { keyRotated } from "./rules/security/key-rotated";
import { leastPrivilege } from "./rules/security/least-privilege";
import { noSecretInEnvironment } from "./rules/security/no-secret-in-environment";
import { noSecretInUserData } from "./rules/security/no-secret-in-user-data";
import { onlyEdgeOpen } from "./rules/security/only-edge-open";
import { rolesAssumedAsKnown } from "./rules/security/roles-assumed-as-known";
import { stacksOwnKeyUsed } from "./rules/security/stacks-own-key-used";
import { storageEncrypted } from "./rules/security/storage-encrypted";
import { tlsAtTheEdge } from "./rules/security/tls-at-the-edge";
import { walletReaders } from "./rules/security/wallet-readers";

/** Every rule of the pack; a test holds that each file of `rules/` is here. */
export const rules: readonly Rule[] = [
  availabilityKept,
  drillsProveIt,
  objectivesKept,
  promiseIsKnown,
  componentsAsPromised,
  databaseAsPromised,
  databaseParametersAsPromised,
  edgeAsPromised,
  filesAsPromised,
  groupsAsPromised,
  hostsAsPromised,
  namesAsPromised,
  networkAsPromised,
  noRulesBeside,
  objectsAsPromised,
  objectsKeptAsPromised,
  ownEdgeAsPromised,
  programsAsPromised,
  redisAsPromised,
  routesAsPromised,
  secretsAsPromised,
  securityRulesAsPromised,
  volumesAsPromised,
  waysOutOpen,
  balancersOverZones,
  capacityAfterZoneLoss,
  clientsFollowTheWriter,
  clientsReachEitherRegion,
  commitsReachAStandby,
  databaseHasStandby,
  databaseMembersApart,
  edgeRedundant,
  endpointsOverZones,
  globalDatabase,
  groupsOverZones,
  hostsOverZones,
  leaderKeepsItsLease,
  minioSurvivesAZone,
  natPerZone,
  objectsOverZones,
  onePaymentWorkers,
  ownRegionsTakeOver,
  queuesAcknowledgedByAReplica,
  queuesNeverEvict,
  quorumsSurviveAZone,
  redisFailsOver,
  regionsConnected,
  sentinelsFailOver,
  singletonLeaseOutlivesARenewal,
  steadyInstanceClasses,
  switchPlanMovesEverything,
  twoRegionsApart,
  votesAreMajorities,
  witnessesEndADeadLease,
  workersFenced,
  backupsKept,
  bucketsTidy,
  bucketsVersioned,
  commitsAreKept,
  dataResourcesProtected,
  deletionCanBeUndone,
  deletionRefused,
  finalSnapshotTaken,
  keysInBothRegions,
  objectsReplicated,
  secretsReplicated,
  databaseWatched,
  drainBeforeStop,
  healthChecksAsPromised,
  instanceRecovery,
  logsKept,
  regionLossNoticed,
  regionSwitchApproved,
  regionSwitchReady,
  replicationLagAlarmed,
  scalingFollowsLoad,
  trafficRecorded,
  unhealthyReplaced,
  bucketsNotPublic,
  bucketsRefusePlainHttp,
  dataAdmitsOnlyGroups,
  dataInPrivateSubnets,
  dataTrafficEncrypted,
  databasesNotPublic,
  defaultGroupEmpty,
  imdsv2Required,
  keyRotated,
  leastPrivilege,
  noSecretInEnvironment,
  noSecretInUserData,
  onlyEdgeOpen,
  rolesAssumedAsKnown,
  stacksOwnKeyUsed,
  storageEncrypted,
  tlsAtTheEdge,
  walletReaders,
];
