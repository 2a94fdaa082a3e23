import type { Settings } from "../../config/settings";
import { ports } from "../ports";
import type { ManagedRedis } from "../types";
import { internalName } from "./names";

/** UTC, an hour before the maintenance of the same day. */
const snapshot = { window: "03:00-04:00", maintenanceWindow: "sun:05:00-sun:06:00" };

/** Cache and queues, each a replication group of its own: one may evict, the other never. */
export function makeManagedRedis(settings: Settings): ManagedRedis {
  const nodes = settings.redisReplicas + 1;
  return {
    kind: "elasticache",
    engine: "valkey",
    version: settings.redisEngineVersion,
    family: `valkey${settings.redisEngineVersion.split(".")[0] ?? ""}`,
    instances: [
      {
        name: "cache",
        primaryName: internalName(settings, "cache"),
        port: ports.redisCache,
        nodeType: settings.cacheNodeType,
        nodes,
        maxmemoryPolicy: "allkeys-lru",
        password: true,
      },
      // Queues are a system of record between receipt and row: nothing may be evicted (app-contract §0.2, §4).
      {
        name: "queues",
        primaryName: internalName(settings, "queues"),
        port: ports.redisQueues,
        nodeType: settings.queuesNodeType,
        nodes,
        maxmemoryPolicy: "noeviction",
        // Its clients know none (app-contract §4): the security group is what keeps others away.
        password: false,
      },
    ],
    snapshot: { retentionDays: settings.redisSnapshotDays, ...snapshot },
  };
}
