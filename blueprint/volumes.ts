import type { Settings } from "../config/settings";
import type { HostRole, Volume } from "./types";

/** What a gp3 volume has at no extra price. */
const gp3 = { iops: 3000, throughputMibps: 125 };

/**
 * Data volumes of a host. They outlive it.
 *
 * Redis, Sentinel (which rewrite their own configuration) and etcd share one volume: they fail together with the host
 * anyway, and each has its own directory.
 */
export function volumesOf(settings: Settings, role: HostRole): Volume[] {
  switch (role) {
    case "database":
      return [{ name: "data", device: "/dev/sdf", mountPoint: "/var/lib/postgresql", sizeGib: settings.databaseVolumeGib, ...gp3 }];
    case "redis":
      return [{ name: "data", device: "/dev/sdf", mountPoint: "/srv/data", sizeGib: settings.redisVolumeGib, ...gp3 }];
    case "objects":
      return Array.from({ length: settings.minioDrivesPerHost }, (_, drive) => ({
        name: `drive-${drive + 1}`,
        device: `/dev/sd${String.fromCharCode("f".charCodeAt(0) + drive)}`,
        mountPoint: `/srv/drive-${drive + 1}`,
        sizeGib: settings.minioVolumeGib,
        ...gp3,
      }));
    case "edge":
    case "api":
    case "worker":
      return [];
  }
}
