import { packagesProgram } from "./files";
import type { HostPlan } from "./types";

/** The cloud-config that makes a plain Debian into the planned host; without a name it keeps the one that EC2 gave it. */
export function cloudConfig(name: string | null, plan: HostPlan): object {
  return {
    ...(name === null ? {} : { hostname: name }),
    preserve_hostname: false,
    manage_etc_hosts: false,
    timezone: "Etc/UTC",
    write_files: plan.files.map(({ path, content, mode, owner }) => ({ path, content, permissions: mode, owner })),
    runcmd: [
      ["sh", packagesProgram, ...plan.packages],
      ["systemd-sysusers"],
      ["systemctl", "daemon-reload"],
      // A baked image may have started a daemon with Debian's own settings.
      ["systemctl", "stop", ...plan.maskedUnits, ...plan.units],
      ...(plan.maskedUnits.length === 0 ? [] : [["systemctl", "mask", "--no-reload", ...plan.maskedUnits]]),
      ["systemctl", "restart", "systemd-sysctl.service", "systemd-journald.service"],
      ["systemd-tmpfiles", "--create"],
      // A volume that came before the rules that name it has no name yet.
      ["udevadm", "trigger", "--subsystem-match=block"],
      // Debian's daemons have scripts of System V too: enabling those would make systemd read everything anew, twice for each.
      ["env", "SYSTEMCTL_SKIP_SYSV=1", "systemctl", "enable", "--no-reload", ...plan.units],
      // A unit may wait for a secret that the operator has not filled; cloud-init does not wait with it.
      ["systemctl", "start", "--no-block", ...plan.units],
    ],
  };
}
