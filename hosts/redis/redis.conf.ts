import type { SelfHostedBlueprint, Host, RedisInstance } from "../../blueprint/types";
import { aclPath, redisDirectory, tls } from "./paths";

/** Backlog that lets a replica which was away for a while catch up without a full copy, MiB. */
const backlogMib = 64;
/** Seconds between TCP keepalives: bounds how long the proxy's dead connections are held. */
const tcpKeepaliveSeconds = 10;

/** TLS directives that servers and Sentinels share: no plain port, and a certificate of the platform's own from everybody. */
export function tlsDirectives(port: number): string[] {
  return [
    "port 0",
    `tls-port ${String(port)}`,
    `tls-cert-file ${tls.cert}`,
    `tls-key-file ${tls.key}`,
    `tls-ca-cert-file ${tls.ca}`,
    "tls-auth-clients yes",
    "tls-replication yes",
    'tls-protocols "TLSv1.2 TLSv1.3"',
  ];
}

/** Template of one instance's configuration. `@…@` are filled in on the host; `replicaof` is added there, since who is master is not a setting. */
export function redisConf(blueprint: SelfHostedBlueprint, host: Host, instance: RedisInstance): string {
  const { redis } = blueprint;
  const lines = [
    `bind ${host.address}`,
    ...tlsDirectives(instance.port),
    // Protected mode refuses remote clients while `default` has no password; the queues' clients prove themselves by certificate instead.
    `protected-mode ${instance.name === "queues" ? "no" : "yes"}`,
    `aclfile ${aclPath(instance.name)}`,
    "masteruser replica",
    "masterauth @replica@",
    `tcp-keepalive ${String(tcpKeepaliveSeconds)}`,
    "daemonize no",
    "supervised systemd",
    "loglevel notice",
    'logfile ""',
    `dir ${redisDirectory(host, instance.name)}`,
    // Without an append-only file a master that restarts quickly comes back old or empty, and its replicas follow it.
    "appendonly yes",
    "appendfsync everysec",
    "aof-use-rdb-preamble yes",
    "save 3600 1 300 100 60 10000",
    `maxmemory ${String(instance.maxmemoryMib)}mb`,
    `maxmemory-policy ${instance.maxmemoryPolicy}`,
    `replica-announce-ip ${host.address}`,
    `replica-announce-port ${String(instance.port)}`,
    "replica-priority 100",
    "replica-read-only yes",
    `repl-backlog-size ${String(backlogMib)}mb`,
    // A full copy starts at once: until its first replica has one, a master takes no write.
    "repl-diskless-sync-delay 0",
    // A master cut off from its replicas, or just back from the dead, must not accept writes that would be discarded.
    `min-replicas-to-write ${String(redis.minReplicasToWrite)}`,
    `min-replicas-max-lag ${String(redis.minReplicasMaxLagSeconds)}`,
  ];
  return `${lines.join("\n")}\n`;
}
