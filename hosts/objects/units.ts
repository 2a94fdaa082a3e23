import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { confined, unitFile } from "../systemd";
import {
  appEnvironmentPath,
  certsDirectory,
  driveDirectories,
  minioEnvironmentPath,
  minioProgram,
  provisionPath,
  rootEnvironmentPath,
  settingsPath,
  sitesPath,
  sysusersPath,
  tls,
} from "./paths";

/** Makes the user, the drives' directories and the certificate's files under the names that MinIO expects. It ends, so it runs again with each start of MinIO. */
export function prepareService(blueprint: SelfHostedBlueprint, host: Host): string {
  const drives = driveDirectories(blueprint, host);
  const copy = (from: string, to: string): string => `/usr/bin/install -m 0600 -o minio -g minio ${from} ${certsDirectory}/${to}`;
  return unitFile({
    Unit: {
      Description: "Prepares MinIO's user, drives and certificate",
      Requires: "bundler-secrets.service",
      After: "bundler-secrets.service",
      RequiresMountsFor: drives.join(" "),
    },
    Service: {
      Type: "oneshot",
      ExecStart: [
        `/usr/bin/systemd-sysusers ${sysusersPath}`,
        `/usr/bin/install -d -m 0750 -o minio -g minio ${drives.join(" ")}`,
        `/usr/bin/install -d -m 0700 -o minio -g minio ${certsDirectory} ${certsDirectory}/CAs`,
        copy(tls.cert, "public.crt"),
        copy(tls.key, "private.key"),
        copy(tls.ca, "CAs/ca.crt"),
      ],
    },
  });
}

/** MinIO's unit. It does not wait for the other hosts, so that a host's other units start. */
export function minioService(blueprint: SelfHostedBlueprint, host: Host): string {
  return unitFile({
    Unit: {
      Description: "MinIO: one member of the distributed object store",
      Requires: "bundler-secrets.service bundler-artifacts.service bundler-minio-prepare.service",
      Wants: "network-online.target",
      After: "bundler-secrets.service bundler-artifacts.service bundler-minio-prepare.service network-online.target",
      RequiresMountsFor: driveDirectories(blueprint, host).join(" "),
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      User: "minio",
      Group: "minio",
      EnvironmentFile: [minioEnvironmentPath, rootEnvironmentPath],
      ExecStart: `${minioProgram} server $MINIO_OPTS $MINIO_VOLUMES`,
      Restart: "always",
      RestartSec: "1s",
      TimeoutStopSec: "60s",
      LimitNOFILE: "1048576",
      TasksMax: "infinity",
      OOMScoreAdjust: "-800",
      ReadWritePaths: driveDirectories(blueprint, host).join(" "),
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Makes buckets and the application's key once enough hosts answer; asked again until it could. */
export function provisionService(): string {
  return unitFile({
    Unit: {
      Description: "Makes the object store's buckets and the application's key",
      Requires: "bundler-secrets.service",
      Wants: "minio.service",
      After: "bundler-secrets.service minio.service",
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      User: "minio",
      Group: "minio",
      EnvironmentFile: [rootEnvironmentPath, appEnvironmentPath],
      ExecStart: `/usr/bin/python3 ${provisionPath} ${settingsPath}`,
      Restart: "on-failure",
      RestartSec: "10s",
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** Looks for ever whether the two regions' MinIO are joined, and joins them. */
export function sitesService(): string {
  return unitFile({
    Unit: {
      Description: "Joins the two regions' object stores as sites that copy to each other",
      Requires: "bundler-secrets.service",
      Wants: "minio.service network-online.target",
      After: "bundler-secrets.service minio.service network-online.target",
      StartLimitIntervalSec: "0",
    },
    Service: {
      Type: "exec",
      User: "minio",
      Group: "minio",
      EnvironmentFile: rootEnvironmentPath,
      ExecStart: `/usr/bin/python3 -B ${sitesPath} ${settingsPath}`,
      Restart: "always",
      RestartSec: "10s",
      ...confined,
    },
    Install: { WantedBy: "multi-user.target" },
  });
}
