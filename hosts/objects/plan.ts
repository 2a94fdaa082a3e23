import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { programText } from "../program";
import { tlsCopies } from "../tlsCopies";
import type { BootSecret, HostFile, HostPlan } from "../types";
import { lines } from "../lines";
import { minioDefaults } from "./minio";
import { objectsJson } from "./objects.json";
import {
  adminPath,
  appEnvironmentPath,
  minioEnvironmentPath,
  minioOf,
  minioProgram,
  provisionPath,
  rootEnvironmentPath,
  settingsPath,
  sitesPath,
  sysusersPath,
  tlsDirectory,
} from "./paths";
import { minioService, prepareService, provisionService, sitesService } from "./units";

const program = (name: string): string => programText(__dirname, name);

function file(path: string, content: string): HostFile {
  return { path, content, mode: "0644", owner: "root:root" };
}

function environmentFile(path: string, secret: "objects-admin" | "objects-app", names: string[]): BootSecret {
  return {
    path,
    mode: "0600",
    owner: "root:root",
    environment: Object.fromEntries(names.map((name) => [name, { secret, key: name }] as const)),
  };
}

/** Above the base's, which is for all hosts. MinIO's own limit, TCP_USER_TIMEOUT, would also end a connection whose reader only pauses. */
const sysctlPath = "/etc/sysctl.d/70-bundler-minio.conf";

function sysctls(blueprint: SelfHostedBlueprint): string {
  const { peerRetries, peerSynRetries } = minioOf(blueprint);
  return lines(`net.ipv4.tcp_retries2 = ${String(peerRetries)}`, `net.ipv4.tcp_syn_retries = ${String(peerSynRetries)}`);
}

/** Everything on an objects host above the base: one member of distributed MinIO; the first host also makes buckets and the application's key, and in the first of two regions joins both as sites. */
export function objectsPlan(blueprint: SelfHostedBlueprint, host: Host): HostPlan {
  const defaults = minioDefaults(blueprint, host);
  const provisions = hostsOf(blueprint, "objects")[0].name === host.name;
  const joins = provisions && minioOf(blueprint).sites !== null && blueprint.site === "primary";
  return {
    packages: [...(provisions ? ["python3-boto3"] : []), ...(joins ? ["python3-cryptography"] : [])],
    files: [
      file(sysusersPath, 'u minio - "MinIO" /nonexistent\n'),
      file(minioEnvironmentPath, defaults),
      file(sysctlPath, sysctls(blueprint)),
      file("/etc/systemd/system/bundler-minio-prepare.service", prepareService(blueprint, host)),
      file("/etc/systemd/system/minio.service", minioService(blueprint, host)),
      ...(provisions
        ? [
            file(settingsPath, objectsJson(blueprint, host)),
            file(adminPath, program("objects_admin.py")),
            file(provisionPath, program("objects_provision.py")),
            file("/etc/systemd/system/bundler-objects.service", provisionService()),
          ]
        : []),
      ...(joins ? [file(sitesPath, program("objects_sites.py")), file("/etc/systemd/system/bundler-sites.service", sitesService())] : []),
    ],
    secrets: [
      ...tlsCopies(tlsDirectory, "tls-objects", "root:root"),
      environmentFile(rootEnvironmentPath, "objects-admin", ["MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"]),
      ...(provisions ? [environmentFile(appEnvironmentPath, "objects-app", ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"])] : []),
    ],
    artifacts: [{ name: "minio", ...minioOf(blueprint).artifact, destination: minioProgram, unpack: "none", mode: "0755" }],
    units: ["minio.service", ...(provisions ? ["bundler-objects.service"] : []), ...(joins ? ["bundler-sites.service"] : [])],
    maskedUnits: [],
  };
}
