import type { Rule } from "./rule";
import { backupsKept } from "./rules/data/backups-kept";
import { dataResourcesProtected } from "./rules/data/data-resources-protected";
import { databaseAsPromised } from "./rules/facts/database-as-promised";
import { databaseParametersAsPromised } from "./rules/facts/database-parameters-as-promised";
import { edgeAsPromised } from "./rules/facts/edge-as-promised";
import { filesAsPromised } from "./rules/facts/files-as-promised";
import { groupsAsPromised } from "./rules/facts/groups-as-promised";
import { hostsAsPromised } from "./rules/facts/hosts-as-promised";
import { namesAsPromised } from "./rules/facts/names-as-promised";
import { networkAsPromised } from "./rules/facts/network-as-promised";
import { objectsAsPromised } from "./rules/facts/objects-as-promised";
import { objectsKeptAsPromised } from "./rules/facts/objects-kept-as-promised";
import { programsAsPromised } from "./rules/facts/programs-as-promised";
import { redisAsPromised } from "./rules/facts/redis-as-promised";
import { routesAsPromised } from "./rules/facts/routes-as-promised";
import { secretsAsPromised } from "./rules/facts/secrets-as-promised";
import { securityRulesAsPromised } from "./rules/facts/security-rules-as-promised";
import { volumesAsPromised } from "./rules/facts/volumes-as-promised";
import { promiseIsKnown } from "./rules/promise/promise-is-known";

/** Every rule of the pack; a test holds that each file of `rules/` is here. */
export const rules: readonly Rule[] = [
  promiseIsKnown,
  hostsAsPromised,
  volumesAsPromised,
  groupsAsPromised,
  filesAsPromised,
  programsAsPromised,
  networkAsPromised,
  securityRulesAsPromised,
  edgeAsPromised,
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
];
