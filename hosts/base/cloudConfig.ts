import { programDirectory } from "../rootFile";
import type { HostFile, WholeHostPlan } from "../types";
import { setupSettings } from "./units";

/** Keeps packages from starting daemons before their files are there; `bundler_setup.py` removes it. */
const guard: HostFile = { path: "/usr/sbin/policy-rc.d", content: "#!/bin/sh\nexit 101\n", mode: "0755", owner: "root:root", early: true };

/** One entry of `write_files`. What cloud-init does by itself is not said: user data is small. */
function writeFile(file: HostFile): Record<string, unknown> {
  return {
    path: file.path,
    content: file.content,
    ...(file.mode === "0644" ? {} : { permissions: file.mode }),
    ...(file.owner === "root:root" ? {} : { owner: file.owner }),
    ...(file.early === true ? {} : { defer: true }),
  };
}

/**
 * A host's cloud-config. In order: early files, packages (which start nothing), the other files, and one program that masks,
 * enables and starts units. After that a boot needs no cloud-init.
 */
export function cloudConfig(plan: WholeHostPlan): Record<string, unknown> {
  return {
    hostname: plan.hostname,
    manage_etc_hosts: false,
    timezone: "UTC",
    // No user but the system's own: nobody logs in over the network.
    users: [],
    ssh_pwauth: false,
    apt: { conf: 'APT::Install-Recommends "false";\n' },
    package_update: true,
    packages: plan.packages,
    write_files: [guard, ...plan.files].map(writeFile),
    runcmd: [["python3", `${programDirectory}/bundler_setup.py`, `/etc/bundler/${setupSettings}`]],
  };
}
