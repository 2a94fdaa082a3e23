import { python } from "../rootFile";
import { unitFile } from "../systemd";
import { volumeLinks } from "./mounts";

export const secretsSettings = "secrets.json";
export const artifactsSettings = "artifacts.json";
export const volumesSettings = "volumes.json";
export const setupSettings = "setup.json";

/** Fetches secrets at every boot: they live on a tmpfs. Users that own them are made first. */
export function secretsService(): string {
  return unitFile({
    Unit: {
      Description: "Writes this host's secrets below /run/bundler",
      Wants: "network-online.target",
      After: "network-online.target systemd-sysusers.service",
    },
    Service: {
      Type: "oneshot",
      RemainAfterExit: "yes",
      ExecStartPre: "/usr/bin/systemd-sysusers",
      ExecStart: python("bundler_secrets.py", `/etc/bundler/${secretsSettings}`),
      TimeoutStartSec: "infinity",
      UMask: "0022",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Fetches artifacts; at later boots it only finds them in place. */
export function artifactsService(): string {
  return unitFile({
    Unit: {
      Description: "Fetches this host's artifacts and checks their SHA-256",
      Wants: "network-online.target",
      After: "network-online.target",
    },
    Service: {
      Type: "oneshot",
      RemainAfterExit: "yes",
      ExecStart: python("bundler_artifacts.py", `/etc/bundler/${artifactsSettings}`),
      TimeoutStartSec: "infinity",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Finds the data volumes at every boot, and makes a file system on a blank one. */
export function volumesService(): string {
  return unitFile({
    Unit: { Description: "Finds this host's data volumes" },
    Service: {
      Type: "oneshot",
      RemainAfterExit: "yes",
      RuntimeDirectory: volumeLinks.replace("/run/", ""),
      RuntimeDirectoryPreserve: "yes",
      ExecStart: python("bundler_volumes.py", `/etc/bundler/${volumesSettings}`, volumeLinks),
      TimeoutStartSec: "infinity",
    },
  });
}
