import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { unitFile } from "../systemd";
import { type Daemon, type InstanceName, programDirectory, redisDirectory, settingsDirectory } from "./paths";

export const sysctlPath = "/etc/sysctl.d/90-bundler-redis.conf";
export const tmpfilesPath = "/etc/tmpfiles.d/90-bundler-redis.conf";

/** A drop-in over Debian's unit: its hardening is kept, its configuration file and start are ours. */
function dropIn(host: Host, daemon: Daemon, program: string, file: string, restartMilliseconds: number): string {
  return unitFile({
    Unit: {
      Requires: "bundler-secrets.service",
      Wants: "network-online.target bundler-redis-kernel.service",
      After: "bundler-secrets.service network-online.target bundler-redis-kernel.service",
      RequiresMountsFor: dataMount(host),
      StartLimitIntervalSec: "0",
    },
    Service: {
      // `+`: as root and outside the sandbox, because it reads secrets and makes directories; before every start, because the master may have moved.
      ExecStartPre: `+/usr/bin/python3 ${programDirectory}/compose.py ${settingsDirectory}/${daemon}.json`,
      ExecStart: ["", `${program} ${redisDirectory(host, daemon)}/${file}`],
      ReadWritePaths: `-${redisDirectory(host, daemon)}`,
      Restart: "always",
      RestartSec: `${String(restartMilliseconds)}ms`,
      // Ready means loaded, and a large append-only file takes minutes.
      TimeoutStartSec: "30min",
      OOMScoreAdjust: daemon.startsWith("sentinel") ? "-900" : "-600",
    },
  });
}

/** After a Sentinel has called the master down: a second until another agrees (SENTINEL_ASK_PERIOD), and half a second to promote. */
const failoverMilliseconds = 1500;
const sentinelRestartMilliseconds = 200;

/**
 * Drop-in of an instance. One that ended starts again when the Sentinels have chosen: as a master that is back at once it
 * would take writes for which nobody will be there a moment later, since the failover has begun and goes on.
 */
export function instanceDropIn(blueprint: SelfHostedBlueprint, host: Host, instance: InstanceName): string {
  return dropIn(host, instance, "/usr/bin/redis-server", "redis.conf", blueprint.redis.sentinel.downAfterMilliseconds + failoverMilliseconds);
}

/** Drop-in of an instance's Sentinel. */
export function sentinelDropIn(host: Host, instance: InstanceName): string {
  return dropIn(host, `sentinel-${instance}`, "/usr/bin/redis-sentinel", "sentinel.conf", sentinelRestartMilliseconds);
}

/** Applies the kernel settings on the first boot too, when the files came after the time at which systemd reads them. A container may refuse them. */
export function kernelService(): string {
  return unitFile({
    Unit: { Description: "Kernel settings that Redis needs" },
    Service: {
      Type: "oneshot",
      RemainAfterExit: "yes",
      ExecStart: [`-/usr/lib/systemd/systemd-sysctl ${sysctlPath}`, `-/usr/bin/systemd-tmpfiles --create ${tmpfilesPath}`],
    },
  });
}
