import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HostFile } from "./types";

export const programDirectory = "/usr/local/lib/bundler";
export const unitDirectory = "/etc/systemd/system";

/** A file of root's that everyone may read. */
export function rootFile(path: string, content: string, rest: Partial<HostFile> = {}): HostFile {
  return { path, content, mode: "0644", owner: "root:root", ...rest };
}

/** A unit or drop-in. */
export function unit(name: string, content: string): HostFile {
  return rootFile(`${unitDirectory}/${name}`, content);
}

/** A file with settings for one of this repository's programs. */
export function settings(name: string, value: unknown): HostFile {
  return rootFile(`/etc/bundler/${name}`, `${JSON.stringify(value, null, 1)}\n`);
}

/** A program that this repository ships beside its renderers. */
export function program(directory: string, name: string): HostFile {
  return rootFile(`${programDirectory}/${name}`, readFileSync(join(directory, name), "utf8"));
}

/** Command line of a shipped Python program. */
export function python(name: string, ...argv: string[]): string {
  return ["/usr/bin/python3", `${programDirectory}/${name}`, ...argv].join(" ");
}
