import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { etcdPlan } from "../etcd/plan";
import { programText } from "../program";
import { tlsCopies } from "../tlsCopies";
import type { BootSecret, HostFile, HostPlan } from "../types";
import { witnessPlan } from "../witness/plan";
import { instanceJson, sentinelJson } from "./compose.json";
import { passwordFiles, programDirectory, settingsDirectory, tlsDirectory } from "./paths";
import { redisConf } from "./redis.conf";
import { sentinelConf } from "./sentinel.conf";
import { instanceDropIn, kernelService, sentinelDropIn, sysctlPath, tmpfilesPath } from "./units";
import { usersAcl } from "./users.acl";

const programs = ["resp.py", "topology.py", "compose.py"].map((name) => ({
  name,
  content: programText(__dirname, name),
}));

const units = "/etc/systemd/system";

function file(path: string, content: string): HostFile {
  return { path, content, mode: "0644", owner: "root:root" };
}

function password(path: string, secret: "redis-admin" | "redis-cache", key: string): BootSecret {
  return { path, mode: "0600", owner: "root:root", parts: [{ secret, key }] };
}

/** Redis and Sentinel, without what shares their host. */
function sentinelRedisPlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  const { instances } = blueprint.redis;
  return {
    packages: ["redis-server", "redis-sentinel", "redis-tools", "python3"],
    files: [
      // A fork for the append-only file must not fail because the copy could need the memory, nor double it in huge pages.
      file(sysctlPath, "vm.overcommit_memory = 1\n"),
      file(tmpfilesPath, "w- /sys/kernel/mm/transparent_hugepage/enabled - - - - never\n"),
      ...programs.map((program) => file(`${programDirectory}/${program.name}`, program.content)),
      ...instances.flatMap((instance) => [
        file(`${settingsDirectory}/${instance.name}.conf`, redisConf(blueprint, host, instance)),
        file(`${settingsDirectory}/${instance.name}.acl`, usersAcl(instance.name)),
        file(`${settingsDirectory}/${instance.name}.json`, instanceJson(blueprint, host, instance)),
        file(`${units}/redis-server@${instance.name}.service.d/bundler.conf`, instanceDropIn(blueprint, host, instance.name)),
        file(`${settingsDirectory}/sentinel-${instance.name}.conf`, sentinelConf(blueprint, host, instance)),
        file(`${settingsDirectory}/sentinel-${instance.name}.json`, sentinelJson(blueprint, host, instance)),
        file(`${units}/redis-sentinel@${instance.name}.service.d/bundler.conf`, sentinelDropIn(host, instance.name)),
      ]),
      file(`${units}/bundler-redis-kernel.service`, kernelService()),
    ],
    secrets: [
      ...tlsCopies(tlsDirectory, "tls-redis", "redis:redis"),
      password(passwordFiles.replica, "redis-admin", "replicaPassword"),
      password(passwordFiles.sentinel, "redis-admin", "sentinelPassword"),
      password(passwordFiles.cache, "redis-cache", "ELASTICACHE_PASSWORD"),
    ],
    units: ["bundler-redis-kernel.service", ...instances.flatMap(({ name }) => [`redis-server@${name}.service`, `redis-sentinel@${name}.service`])],
    maskedUnits: ["redis-server.service", "redis-sentinel.service"],
  };
}

/** Everything on a Redis host above the base: both Redis instances and their Sentinels, etcd and the witness. */
export function redisPlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  const parts = [etcdPlan(blueprint, host), witnessPlan(blueprint, host), sentinelRedisPlan(blueprint, host)];
  return {
    packages: [...new Set(parts.flatMap((part) => part.packages))],
    files: parts.flatMap((part) => part.files),
    secrets: parts.flatMap((part) => part.secrets),
    units: parts.flatMap((part) => part.units),
    maskedUnits: parts.flatMap((part) => part.maskedUnits),
  };
}
