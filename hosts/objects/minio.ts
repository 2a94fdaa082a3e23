import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { certsDirectory, driveDirectories, minioOf } from "./paths";

/** Writes texts that differ only in a number counting up from 1 as MinIO's ellipsis, e.g. `minio-{1...6}`. Throws when they do not. */
export function ellipsis(texts: readonly string[]): string {
  const [first] = texts;
  const at = first === undefined ? -1 : first.search(/1(?!.*\d)/);
  const pattern = (index: number): string => `${(first ?? "").slice(0, at)}${String(index)}${(first ?? "").slice(at + 1)}`;
  const wrong = texts.find((text, index) => at < 0 || text !== pattern(index + 1));
  if (first === undefined || wrong !== undefined) {
    throw new Error(`MinIO needs names that count up from 1 and differ in nothing else; given: ${texts.join(", ")}`);
  }
  return texts.length === 1 ? first : pattern(0).replace(/0(?!.*\d)/, `{1...${String(texts.length)}}`);
}

/** `/etc/default/minio`: the same on every objects host, as MinIO demands. The root credential is in a file of its own. */
export function minioDefaults(blueprint: SelfHostedBlueprint, host: Host): string {
  const minio = minioOf(blueprint);
  const drives = ellipsis(driveDirectories(blueprint, host));
  const hosts = hostsOf(blueprint, "objects");
  const names = ellipsis(hosts.map((one) => one.name));
  const lines = [
    `MINIO_VOLUMES="https://${names}:${String(minio.port)}${drives}"`,
    `MINIO_OPTS="--address :${String(minio.port)} --console-address 127.0.0.1:${String(minio.consolePort)} --certs-dir ${certsDirectory}"`,
    `MINIO_STORAGE_CLASS_STANDARD="EC:${String(minio.parity)}"`,
    // MinIO does not take this as a lifecycle rule.
    `MINIO_API_STALE_UPLOADS_EXPIRY="${String(blueprint.objects.lifecycle.abortMultipartDays * 24)}h"`,
    'MINIO_UPDATE="off"',
  ];
  return `${lines.join("\n")}\n`;
}
