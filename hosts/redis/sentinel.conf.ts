import { createHash } from "node:crypto";
import type { SelfHostedBlueprint, Host, RedisInstance } from "../../blueprint/types";
import { redisDirectory } from "./paths";
import { tlsDirectives } from "./redis.conf";

/** Identity of an instance's Sentinel on a host: the same after its disk is lost, or the others would count a dead Sentinel more and need more votes than are left. */
export function sentinelId(blueprint: SelfHostedBlueprint, host: Host, instance: RedisInstance): string {
  return createHash("sha1").update(`${blueprint.names.prefix}/${host.name}/${instance.name}`).digest("hex");
}

/** Template of the configuration of an instance's Sentinel. `@…@` and the state that Sentinel keeps in its file are filled in on the host. */
export function sentinelConf(blueprint: SelfHostedBlueprint, host: Host, instance: RedisInstance): string {
  const { sentinel } = blueprint.redis;
  const { name, masterName, port, sentinelPort } = instance;
  const lines = [
    `bind ${host.address}`,
    ...tlsDirectives(sentinelPort),
    "protected-mode no",
    "daemonize no",
    "supervised systemd",
    "loglevel notice",
    'logfile ""',
    `dir ${redisDirectory(host, `sentinel-${name}`)}`,
    `sentinel myid ${sentinelId(blueprint, host, instance)}`,
    `sentinel announce-ip ${host.address}`,
    `sentinel announce-port ${String(sentinelPort)}`,
    "sentinel resolve-hostnames no",
    "sentinel deny-scripts-reconfig yes",
    `sentinel monitor ${masterName} @master:${masterName}@ ${String(port)} ${String(sentinel.quorum)}`,
    `sentinel auth-user ${masterName} sentinel`,
    `sentinel auth-pass ${masterName} @sentinel@`,
    `sentinel down-after-milliseconds ${masterName} ${String(sentinel.downAfterMilliseconds)}`,
    `sentinel failover-timeout ${masterName} ${String(sentinel.failoverTimeoutMilliseconds)}`,
    `sentinel parallel-syncs ${masterName} ${String(sentinel.parallelSyncs)}`,
  ];
  return `${lines.join("\n")}\n`;
}
