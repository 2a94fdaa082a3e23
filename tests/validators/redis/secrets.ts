import type { TestCertificate } from "../certificates";
import type { SecretValues } from "../relocate";

export const redisPasswords = { cache: "cache1", replica: "replica1", sentinel: "sentinel1" } as const;

/** Secrets of a Redis host. */
export function redisSecrets(tls: TestCertificate): SecretValues {
  return {
    "tls-redis/ca": tls.ca,
    "tls-redis/certificate": tls.certificate,
    "tls-redis/privateKey": tls.privateKey,
    "redis-admin/replicaPassword": redisPasswords.replica,
    "redis-admin/sentinelPassword": redisPasswords.sentinel,
    "redis-cache/ELASTICACHE_PASSWORD": redisPasswords.cache,
  };
}
