import type { Rule } from "./rule";
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
import { hostsAsPromised } from "./rules/facts/hosts-as-promised";
import { promiseIsKnown } from "./rules/promise/promise-is-known";
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
  promiseIsKnown,
  hostsAsPromised,
  dataResourcesProtected,
  deletionRefused,
  deletionCanBeUndone,
  finalSnapshotTaken,
  backupsKept,
  commitsAreKept,
  bucketsVersioned,
  bucketsTidy,
  keysInBothRegions,
  objectsReplicated,
  secretsReplicated,
  storageEncrypted,
  stacksOwnKeyUsed,
  keyRotated,
  dataTrafficEncrypted,
  tlsAtTheEdge,
  bucketsRefusePlainHttp,
  onlyEdgeOpen,
  dataAdmitsOnlyGroups,
  defaultGroupEmpty,
  databasesNotPublic,
  dataInPrivateSubnets,
  bucketsNotPublic,
  imdsv2Required,
  noSecretInUserData,
  noSecretInEnvironment,
  leastPrivilege,
  rolesAssumedAsKnown,
  walletReaders,
];
