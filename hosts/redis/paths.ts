import type { Host, RedisInstance } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { tlsPaths } from "../tlsCopies";

export type InstanceName = RedisInstance["name"];
/** A daemon of a Redis host, by which its files are named. */
export type Daemon = InstanceName | `sentinel-${InstanceName}`;

export const programDirectory = "/usr/local/lib/bundler/redis";
export const settingsDirectory = "/etc/bundler/redis";
export const tlsDirectory = "/run/bundler/tls-redis";
export const tls = tlsPaths(tlsDirectory);
export const passwordFiles = {
  replica: "/run/bundler/redis/replica-password",
  sentinel: "/run/bundler/redis/sentinel-password",
  cache: "/run/bundler/redis/cache-password",
} as const;

/** Directory of one daemon's data and of the configuration that it rewrites itself. */
export function redisDirectory(host: Host, daemon: Daemon): string {
  return `${dataMount(host)}/redis/${daemon}`;
}

/** ACL file of an instance, on a tmpfs: it is made anew before each start. */
export function aclPath(instance: InstanceName): string {
  return `/run/bundler-redis/${instance}.acl`;
}
