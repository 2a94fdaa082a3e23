import { charge, type Pricer } from "../subject";
import { hoursOfMonth } from "../charge";

export const redisPricers: Record<string, Pricer> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": (subject) => {
    const engine = subject.text("engine");
    if (engine !== "valkey" && engine !== "redis") subject.fault("engine", engine, "valkey or redis");
    subject.only("dataTieringEnabled", false);
    // The first snapshot of a group is free.
    const snapshots = Math.max(0, subject.number("snapshotRetentionLimit") - 1);
    return [
      {
        category: "redis",
        price: { kind: engine === "redis" ? "redis" : "valkey", type: subject.text("nodeType") },
        quantity: subject.number("numCacheClusters") * hoursOfMonth,
      },
      charge("backups", "redisBackup", snapshots * subject.amount("redisGib")),
    ];
  },
};
