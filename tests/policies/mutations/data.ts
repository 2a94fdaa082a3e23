import type { Mutation } from "../mutation";

export const dataMutations: readonly Mutation[] = [
  {
    what: "the database's backups are kept for a day",
    stack: "level2-managed",
    type: "aws:rds/cluster:Cluster",
    name: "-cluster",
    change: { property: "backupRetentionPeriod", value: 1 },
    caughtBy: "backups-kept",
  },
  {
    what: "nobody says for how long backups are kept",
    stack: "level1-managed",
    type: "aws:rds/instance:Instance",
    name: "-instance",
    change: { property: "backupRetentionPeriod" },
    caughtBy: "backups-kept",
  },
  {
    what: "a database volume may be deleted",
    stack: "level1-selfHosted",
    type: "aws:ebs/volume:Volume",
    name: "db-2-data",
    change: { protect: false },
    caughtBy: "data-resources-protected",
  },
];
