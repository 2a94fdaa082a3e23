import type { Blueprint, Machine } from "../../blueprint/types";
import { haproxyFiles, rootFile, unit } from "../files";
import { confined, unitFile } from "../systemd";
import { tlsCopies } from "../tlsCopies";
import type { BootSecret, HostPlan } from "../types";
import { dataProxyCfg, leaderBackends } from "./haproxy.cfg";
import { endpointsPlan } from "./endpoints";
import { adminSocket, combinedPath, databaseEnvironmentPath, haproxyEnvironmentPath, pgbouncerCaPath, tlsDirectory, userlistPath } from "./paths";
import { pgbouncerIni } from "./pgbouncer.ini";
import { programFiles, programPath } from "./programs";

/** The program that cuts the sessions of a lost leader. It talks to HAProxy's socket, and to nothing else. */
function cutService(blueprint: Blueprint): string {
  return unitFile({
    Unit: { Description: "Cuts the sessions of servers that are down", After: "haproxy.service", StartLimitIntervalSec: "0" },
    Service: {
      User: "haproxy",
      Group: "haproxy",
      ExecStart: `/usr/bin/python3 -B ${programPath(blueprint, "cut")} ${adminSocket} ${leaderBackends(blueprint).join(" ")}`,
      Restart: "always",
      RestartSec: "100ms",
      ...confined,
      PrivateNetwork: "yes",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** The certificate by which own database and Redis hosts know an application host, and their authority. */
const ownCertificate: BootSecret[] = [
  ...tlsCopies(tlsDirectory, "tls-app", "root:root"),
  {
    path: combinedPath,
    mode: "0600",
    owner: "root:root",
    parts: [
      { secret: "tls-app", key: "certificate" },
      { secret: "tls-app", key: "privateKey" },
    ],
  },
  { path: pgbouncerCaPath, mode: "0644", owner: "postgres:postgres", parts: [{ secret: "tls-app", key: "ca" }] },
];

/** The password with which the platform's own programs ask a managed database. */
const databaseEnvironment: BootSecret = {
  path: databaseEnvironmentPath,
  mode: "0600",
  owner: "root:root",
  environment: { DB_PASSWORD: { secret: "database-owner", key: "DB_PASSWORD" } },
};

/** The data proxy: PgBouncer and HAProxy on loopback. */
export function proxyPlan(blueprint: Blueprint, machine: Machine): HostPlan {
  const managed = blueprint.hosting === "managed" ? endpointsPlan(blueprint) : null;
  // A managed database's authorities are an artifact.
  const needs = managed === null ? "bundler-secrets.service" : "bundler-secrets.service bundler-artifacts.service";
  const after = { Requires: needs, After: needs, StartLimitIntervalSec: "0" };
  const always = { Restart: "always", RestartSec: "100ms" };
  const owner = blueprint.database.databases[0]?.owner;
  if (owner === undefined) throw new Error("data proxy: the blueprint has no application database, needed one with its owner");
  return {
    packages: ["haproxy", "pgbouncer"],
    files: [
      rootFile("/etc/haproxy/haproxy.cfg", dataProxyCfg(blueprint, machine)),
      rootFile("/etc/pgbouncer/pgbouncer.ini", pgbouncerIni(blueprint)),
      unit(
        "haproxy.service.d/bundler.conf",
        unitFile({ Unit: after, Service: { EnvironmentFile: haproxyEnvironmentPath, LimitNOFILE: haproxyFiles, ...always } }),
      ),
      unit("pgbouncer.service.d/bundler.conf", unitFile({ Unit: after, Service: always })),
      ...programFiles(blueprint, "cut"),
      unit("bundler-cut.service", cutService(blueprint)),
      ...(managed?.files ?? []),
    ],
    secrets: [
      ...(managed === null ? ownCertificate : [databaseEnvironment]),
      {
        path: haproxyEnvironmentPath,
        mode: "0600",
        owner: "root:root",
        environment: { REDIS_CACHE_PASSWORD: { secret: "redis-cache", key: "ELASTICACHE_PASSWORD" } },
      },
      {
        path: userlistPath,
        mode: "0600",
        owner: "postgres:postgres",
        template: { text: `"${owner}" "{password}"\n`, values: { password: { secret: "database-owner", key: "DB_PASSWORD" } } },
      },
    ],
    units: ["haproxy.service", "pgbouncer.service", "bundler-cut.service", ...(managed?.units ?? [])],
    maskedUnits: [],
  };
}
