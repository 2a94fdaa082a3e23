import type { Blueprint, Host, RedisInstance } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { aclPath, passwordFiles, redisDirectory, settingsDirectory, tls } from "./paths";

/** What every composition on a host shares: itself, the others, and how to ask them. */
function surroundings(blueprint: Blueprint, host: Host): Record<string, unknown> {
  const hosts = hostsOf(blueprint, "redis");
  return {
    address: host.address,
    initialMaster: hosts[0].address,
    peers: hosts.filter((other) => other.name !== host.name).map((other) => other.address),
    sentinelPort: blueprint.redis.sentinel.port,
    tls,
    owner: "redis",
  };
}

/** Settings of the step that composes an instance's files before each start. */
export function instanceJson(blueprint: Blueprint, host: Host, instance: RedisInstance): string {
  const { replica, sentinel, cache } = passwordFiles;
  const settings = {
    ...surroundings(blueprint, host),
    kind: "instance",
    master: instance.masterName,
    port: instance.port,
    directory: redisDirectory(host, instance.name),
    template: `${settingsDirectory}/${instance.name}.conf`,
    target: `${redisDirectory(host, instance.name)}/redis.conf`,
    aclTemplate: `${settingsDirectory}/${instance.name}.acl`,
    aclTarget: aclPath(instance.name),
    passwordFiles: instance.name === "cache" ? { replica, sentinel, cache } : { replica, sentinel },
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}

/** Settings of the step that composes the Sentinel's file before each start. */
export function sentinelJson(blueprint: Blueprint, host: Host): string {
  const settings = {
    ...surroundings(blueprint, host),
    kind: "sentinel",
    masters: blueprint.redis.instances.map((instance) => instance.masterName),
    directory: redisDirectory(host, "sentinel"),
    template: `${settingsDirectory}/sentinel.conf`,
    target: `${redisDirectory(host, "sentinel")}/sentinel.conf`,
    passwordFiles: { sentinel: passwordFiles.sentinel },
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
