import type { Volume } from "../../blueprint/types";
import { unitFile } from "../systemd";

/** Where `bundler_volumes.py` leaves a link to each volume's device. */
export const volumeLinks = "/run/bundler-volumes";

/** A path as systemd writes it in the name of a unit. */
export function escapedPath(path: string): string {
  return path
    .replace(/^\/+|\/+$/g, "")
    .replace(/[^A-Za-z0-9:_./]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replaceAll("/", "-");
}

/** Name of the unit that mounts a volume. */
export function mountUnitName(volume: Volume): string {
  return `${escapedPath(volume.mountPoint)}.mount`;
}

/**
 * The unit that mounts a volume. It mounts a link, not a device, so that systemd asks for no device unit (a container has
 * none); and it has no default dependencies, since those order a mount before the units that prepare this one.
 */
export function mountUnit(volume: Volume): string {
  return unitFile({
    Unit: {
      Description: `Data volume ${volume.name}`,
      DefaultDependencies: "no",
      Requires: "bundler-volumes.service",
      After: "bundler-volumes.service",
      Conflicts: "umount.target",
      Before: "umount.target",
      // The file system follows a volume that was made larger.
      Wants: `systemd-growfs@${escapedPath(volume.mountPoint)}.service`,
    },
    Mount: { What: `${volumeLinks}/${volume.name}`, Where: volume.mountPoint, Type: "xfs", Options: "noatime,nodev,nosuid" },
    Install: { WantedBy: "multi-user.target" },
  });
}
