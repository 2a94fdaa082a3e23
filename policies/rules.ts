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
];
