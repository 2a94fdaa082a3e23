import type { Settings } from "../../config/settings";
import { ports } from "../ports";
import type { Etcd, SelfHostedRedis } from "../types";

/**
 * Cache and queues: two Redis instances on every Redis host, each with Sentinels of its own. A Sentinel has one epoch for all
 * its masters, so that with both lost at once the second failover voids the votes of the first, which is a second (measured).
 */
export function makeRedis(settings: Settings): SelfHostedRedis {
  return {
    kind: "sentinel",
    instances: [
      // 1 and 2 GiB of the host's 8: rewriting an append-only file can double both for a while.
      {
        name: "cache",
        masterName: "bundler-cache",
        port: ports.redisCache,
        sentinelPort: ports.sentinelCache,
        maxmemoryMib: 1024,
        maxmemoryPolicy: "allkeys-lru",
      },
      // Queues are a system of record between receipt and row: nothing may be evicted (app-contract §0.2, §4).
      {
        name: "queues",
        masterName: "bundler-queues",
        port: ports.redisQueues,
        sentinelPort: ports.sentinelQueues,
        maxmemoryMib: 2048,
        maxmemoryPolicy: "noeviction",
      },
    ],
    sentinel: {
      quorum: majority(settings.redisHosts),
      // No false failover down to 500, with both CPUs and the disk busy. It is also how often a Sentinel looks, so it counts twice.
      downAfterMilliseconds: settings.redisDownAfterMilliseconds,
      // A failed vote is retried after twice this; a full resynchronisation must fit in it (audit A31).
      failoverTimeoutMilliseconds: 60_000,
      parallelSyncs: 1,
    },
    // With one, a master that nobody follows stops taking writes that would be lost when it is demoted.
    minReplicasToWrite: 1,
    // Bounds what a partitioned master still takes: measured 1,932 writes at 2 s, 8,006 at 10 s.
    minReplicasMaxLagSeconds: settings.redisMinReplicasMaxLagSeconds,
  };
}

/** etcd's defaults; zones of a region are 1–2 ms apart, a tenth of the heartbeat. */
export function makeEtcd(): Etcd {
  return {
    clientPort: ports.etcdClient,
    peerPort: ports.etcdPeer,
    heartbeatMilliseconds: 100,
    electionMilliseconds: 1000,
    quotaBytes: 2 * 1024 ** 3,
  };
}

function majority(members: number): number {
  return Math.floor(members / 2) + 1;
}
