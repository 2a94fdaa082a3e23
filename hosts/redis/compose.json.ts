import type { SelfHostedBlueprint, Host, RedisInstance } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { aclPath, passwordFiles, redisDirectory, settingsDirectory, tls } from "./paths";

/** What every composition on a host shares: itself, the others, and how to ask them. */
function surroundings(blueprint: SelfHostedBlueprint, host: Host, { sentinelPort }: RedisInstance): Record<string, unknown> {
  const hosts = hostsOf(blueprint, "redis");
  return {
    address: host.address,
    initialMaster: hosts[0].address,
    peers: hosts.filter((other) => other.name !== host.name).map((other) => other.address),
    sentinelPort,
    tls,
    owner: "redis",
  };
}

/** Settings of the step that composes an instance's files before each start. */
export function instanceJson(blueprint: SelfHostedBlueprint, host: Host, instance: RedisInstance): string {
  const { replica, sentinel, cache } = passwordFiles;
  const settings = {
    ...surroundings(blueprint, host, instance),
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

/** Settings of the step that composes the file of an instance's Sentinel before each start. */
export function sentinelJson(blueprint: SelfHostedBlueprint, host: Host, instance: RedisInstance): string {
  const daemon = `sentinel-${instance.name}` as const;
  const settings = {
    ...surroundings(blueprint, host, instance),
    kind: "sentinel",
    masters: [instance.masterName],
    directory: redisDirectory(host, daemon),
    template: `${settingsDirectory}/${daemon}.conf`,
    target: `${redisDirectory(host, daemon)}/sentinel.conf`,
    passwordFiles: { sentinel: passwordFiles.sentinel },
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
