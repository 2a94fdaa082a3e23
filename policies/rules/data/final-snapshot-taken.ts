import { mustBe } from "../../mustBe";
import { rule, type Violation } from "../../rule";
import { isReplica } from "../../stack/data";
import type { Item } from "../../stack/item";

export const finalSnapshotTaken = rule({
  name: "final-snapshot-taken",
  group: "data",
  description: "a managed database or Redis that is deleted leaves a last snapshot, and a database its backups too",
  why: "Whoever deletes on purpose may be wrong; without it the data end with the service.",
  judge: (stack) => [
    ...stack
      .ofType("aws:rds/instance:Instance", "aws:rds/cluster:Cluster")
      // RDS refuses a last snapshot of a replica.
      .filter((item) => !isReplica(item))
      .flatMap((item) => [...mustBe(item, "skipFinalSnapshot", false), ...mustBe(item, "deleteAutomatedBackups", false), ...unnamed(item)]),
    ...stack.ofType("aws:elasticache/replicationGroup:ReplicationGroup").flatMap(unnamed),
  ],
});

/** The name may be known only after the update; that it has one is enough. */
function unnamed(item: Item): Violation[] {
  const path = "finalSnapshotIdentifier";
  if (item.has(path) && !(item.knows(path) && item.at(path) === "")) return [];
  return [{ urn: item.urn, promised: "a last snapshot when it is deleted", found: `no ${path}`, fix: `set ${path} to a name that no earlier snapshot has` }];
}
