import type { HostFile } from "./types";

/** Where the platform's own programs are on every host. */
export const programDirectory = "/usr/local/lib/bundler";

/** Installs the host's packages. */
export const packagesProgram = `${programDirectory}/packages.sh`;

/** Files that a HAProxy may open. It takes half as many connections, which need about 0.7 GB at TLS's 70 kB each: the edge's smallest machine has 2. */
export const haproxyFiles = "20000";

/** A file of root's that everyone may read. */
export function rootFile(path: string, content: string, rest: Partial<HostFile> = {}): HostFile {
  return { path, content, mode: "0644", owner: "root:root", ...rest };
}

/** A unit of the platform's own. */
export function unit(name: string, content: string): HostFile {
  return rootFile(`/etc/systemd/system/${name}`, content);
}

/** A file of settings for one of the platform's programs. */
export function settingsFile(path: string, settings: unknown): HostFile {
  return rootFile(path, `${JSON.stringify(settings, null, 1)}\n`);
}
