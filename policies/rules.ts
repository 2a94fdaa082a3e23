import type { Rule } from "./rule";
import { backupsKept } from "./rules/data/backups-kept";
import { dataResourcesProtected } from "./rules/data/data-resources-protected";
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
import { promiseIsKnown } from "./rules/promise/promise-is-known";

/** Every rule of the pack; a test holds that each file of `rules/` is here. */
export const rules: readonly Rule[] = [
  promiseIsKnown,
  componentsAsPromised,
  hostsAsPromised,
  volumesAsPromised,
  groupsAsPromised,
  filesAsPromised,
  programsAsPromised,
  networkAsPromised,
  securityRulesAsPromised,
  noRulesBeside,
  waysOutOpen,
  edgeAsPromised,
  ownEdgeAsPromised,
  routesAsPromised,
  namesAsPromised,
  databaseAsPromised,
  databaseParametersAsPromised,
  redisAsPromised,
  objectsAsPromised,
  objectsKeptAsPromised,
  secretsAsPromised,
  dataResourcesProtected,
  backupsKept,
  healthChecksAsPromised,
  unhealthyReplaced,
  instanceRecovery,
  drainBeforeStop,
  scalingFollowsLoad,
  regionLossNoticed,
  replicationLagAlarmed,
  regionSwitchReady,
  regionSwitchApproved,
  databaseWatched,
  logsKept,
  trafficRecorded,
];
