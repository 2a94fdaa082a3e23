import type { HostFile, HostPlan } from "./types";

/** The cloud-config that makes a plain Debian into the planned host. */
export function cloudConfig(name: string, plan: HostPlan): object {
  return {
    hostname: name,
    preserve_hostname: false,
    manage_etc_hosts: false,
    timezone: "Etc/UTC",
    // A mirror that does not answer at once must not cost the host.
    apt: { conf: 'Acquire::Retries "10";\n' },
    package_update: true,
    packages: plan.packages,
    write_files: plan.files.map(written),
    runcmd: [
      ["systemd-sysusers"],
      ["systemctl", "daemon-reload"],
      ...(plan.maskedUnits.length === 0
        ? []
        : [
            ["systemctl", "stop", ...plan.maskedUnits],
            ["systemctl", "mask", ...plan.maskedUnits],
          ]),
      ["systemctl", "restart", "systemd-sysctl.service", "systemd-journald.service"],
      ["systemd-tmpfiles", "--create"],
      // A volume that came before the rules that name it has no name yet.
      ["udevadm", "trigger", "--subsystem-match=block"],
      ["rm", "-f", "/usr/sbin/policy-rc.d"],
      // A baked image may have started a daemon with Debian's own settings.
      ["systemctl", "stop", ...plan.units],
      ["systemctl", "enable", ...plan.units],
      // A unit may wait for a secret that the operator has not filled; cloud-init does not wait with it.
      ["systemctl", "start", "--no-block", ...plan.units],
    ],
  };
}

function written({ path, content, mode, owner, early }: HostFile): object {
  return { path, content, permissions: mode, owner, ...(early === true ? {} : { defer: true }) };
}
