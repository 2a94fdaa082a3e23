import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host, SecretRef } from "../../blueprint/types";
import type { BootSecret, HostFile, HostPlan } from "../../hosts/types";

/** Values of secrets by `secret/key`. */
export type SecretValues = Readonly<Record<string, string>>;

function valueOf(values: SecretValues, ref: SecretRef): string {
  const value = values[`${ref.secret}/${ref.key ?? ""}`];
  assert.ok(value !== undefined, `the test gives no value for ${ref.secret}/${ref.key ?? ""}`);
  return value;
}

/** The file that a host would make from a boot secret. */
export function bootFile(secret: BootSecret, values: SecretValues): HostFile {
  const line = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);
  const content =
    secret.template !== undefined
      ? Object.entries(secret.template.values).reduce((text, [name, ref]) => text.replace(`{${name}}`, valueOf(values, ref)), secret.template.text)
      : secret.environment === undefined
        ? (secret.parts ?? []).map((ref) => line(valueOf(values, ref))).join("")
        : Object.entries(secret.environment)
            .map(([name, ref]) => `${name}="${valueOf(values, ref)}"\n`)
            .join("");
  return { path: secret.path, content, mode: secret.mode, owner: secret.owner };
}

/** Everything a host would hold, moved below `prefix` so that several hosts' files are in one root. Paths inside the files move with them. */
export function relocated(plan: HostPlan, host: Host, values: SecretValues, prefix: string): HostFile[] {
  const roots = [
    "/etc/bundler",
    "/etc/patroni",
    "/run/bundler",
    "/run/patroni",
    "/run/postgresql",
    "/run/bundler-role",
    "/run/bundler-region",
    "/var/lib/bundler-region",
    ...host.volumes.map((volume) => volume.mountPoint),
  ];
  const move = (text: string): string =>
    roots.reduce((moved, root) => moved.replaceAll(new RegExp(`(?<![\\w/.-])${root}(?=[/\\s",-]|$)`, "g"), `${prefix}${root}`), text);
  return [...plan.files.filter((file) => !file.path.startsWith("/etc/systemd/")), ...plan.secrets.map((secret) => bootFile(secret, values))].map((file) => ({
    ...file,
    path: file.path.startsWith("/usr/") || !roots.some((root) => file.path.startsWith(root)) ? file.path : `${prefix}${file.path}`,
    content: file.path.endsWith(".py") ? file.content : move(file.content),
  }));
}

/** A file of this repository's tests, to be run in the root. */
export function checkFile(folder: string, name: string): HostFile {
  return { path: `/check/${name}`, content: readFileSync(join(__dirname, folder, name), "utf8"), mode: "0644", owner: "root:root" };
}

/** Units that belong to a host's base, and a program that is fetched: enough for `systemd-analyze verify` to find them. */
export function stubsOfTheBase(): HostFile[] {
  const unit = (name: string): HostFile => ({
    path: `/etc/systemd/system/${name}`,
    content: "[Service]\nType=oneshot\nExecStart=/usr/bin/true\n",
    mode: "0644",
    owner: "root:root",
  });
  return [
    unit("bundler-secrets.service"),
    unit("bundler-artifacts.service"),
    { path: "/opt/bundler/minio/minio", content: "#!/bin/sh\n", mode: "0755", owner: "root:root" },
  ];
}
