import { mustBeAtLeast } from "../../mustBe";
import { rule } from "../../rule";

export const backupsKept = rule({
  name: "backups-kept",
  group: "data",
  description: "every managed database can be put back to any second of its level's days, and the queues to a daily snapshot",
  why: "What a bug or a person deletes is deleted on every standby too; only a backup brings it back.",
  limits: {
    databaseDays: { what: "days of point-in-time recovery of a database", stricter: "higher", of: (level) => ({ 1: 7, 2: 14, 3: 35 })[level] },
    redisDays: { what: "days of daily snapshots of a Redis", stricter: "higher", of: () => 1 },
  },
  judge: (stack, { databaseDays, redisDays }) => [
    ...stack
      .ofType("aws:rds/instance:Instance", "aws:rds/cluster:Cluster")
      .flatMap((item) => mustBeAtLeast(item, "backupRetentionPeriod", databaseDays, "days")),
    ...stack.ofType("aws:elasticache/replicationGroup:ReplicationGroup").flatMap((item) => mustBeAtLeast(item, "snapshotRetentionLimit", redisDays, "days")),
  ],
});
