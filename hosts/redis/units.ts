import type { Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { unitFile } from "../systemd";
import { type InstanceName, programDirectory, redisDirectory, settingsDirectory } from "./paths";

export const sysctlPath = "/etc/sysctl.d/90-bundler-redis.conf";
export const tmpfilesPath = "/etc/tmpfiles.d/90-bundler-redis.conf";

/** A drop-in over Debian's unit: its hardening is kept, its configuration file and start are ours. */
function dropIn(host: Host, daemon: InstanceName | "sentinel", program: string, file: string): string {
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
      RestartSec: "200ms",
      // Ready means loaded, and a large append-only file takes minutes.
      TimeoutStartSec: "30min",
      OOMScoreAdjust: daemon === "sentinel" ? "-900" : "-600",
    },
  });
}

/** Drop-in of an instance. */
export function instanceDropIn(host: Host, instance: InstanceName): string {
  return dropIn(host, instance, "/usr/bin/redis-server", "redis.conf");
}

/** Drop-in of the Sentinel. */
export function sentinelDropIn(host: Host): string {
  return dropIn(host, "sentinel", "/usr/bin/redis-sentinel", "sentinel.conf");
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
