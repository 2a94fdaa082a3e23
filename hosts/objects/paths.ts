import type { SelfHostedBlueprint, Host, Objects } from "../../blueprint/types";
import { tlsPaths } from "../tlsCopies";

export const minioProgram = "/opt/bundler/minio/minio";
export const minioEnvironmentPath = "/etc/default/minio";
export const rootEnvironmentPath = "/run/bundler/objects/root.env";
export const appEnvironmentPath = "/run/bundler/objects/app.env";
export const settingsPath = "/etc/bundler/objects.json";
export const adminPath = "/usr/local/lib/bundler/objects_admin.py";
export const sitesPath = "/usr/local/lib/bundler/objects_sites.py";
export const provisionPath = "/usr/local/lib/bundler/objects_provision.py";
export const sysusersPath = "/etc/sysusers.d/bundler-minio.conf";
export const tlsDirectory = "/run/bundler/tls-objects";
export const tls = tlsPaths(tlsDirectory);
/** MinIO wants its own names for the certificate's files. */
export const certsDirectory = "/run/bundler-minio/certs";

/** MinIO's part of the blueprint. Throws when objects are in S3. */
export function minioOf(blueprint: SelfHostedBlueprint): NonNullable<Objects["minio"]> {
  const { minio } = blueprint.objects;
  if (minio === null) {
    throw new Error(`stack ${blueprint.stack} keeps objects in ${blueprint.objects.kind}: an objects host needs the blueprint's objects.minio`);
  }
  return minio;
}

/** Directory on each of the host's drives. Throws unless there are as many volumes as drives. */
export function driveDirectories(blueprint: SelfHostedBlueprint, host: Host): string[] {
  const { drivesPerHost } = minioOf(blueprint);
  if (host.volumes.length !== drivesPerHost) {
    throw new Error(
      `host ${host.name} has ${String(host.volumes.length)} volumes, and objects.minio.drivesPerHost is ${String(drivesPerHost)}: give each drive one volume`,
    );
  }
  return host.volumes.map((volume) => `${volume.mountPoint}/minio`);
}
