import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Blueprint, Host } from "../../blueprint/types";
import { haproxyFiles, programDirectory, rootFile, unit } from "../files";
import { unitFile } from "../systemd";
import { tlsCopies } from "../tlsCopies";
import type { HostPlan } from "../types";
import { dataProxyCfg, leaderBackends } from "./haproxy.cfg";
import { adminSocket, combinedPath, haproxyEnvironmentPath, pgbouncerCaPath, tlsDirectory, userlistPath } from "./paths";
import { pgbouncerIni } from "./pgbouncer.ini";

const cutPath = `${programDirectory}/bundler_cut.py`;
const cut = readFileSync(join(__dirname, "bundler_cut.py"), "utf8");

/** The program that cuts the sessions of a lost leader. It talks to HAProxy's socket, and to nothing else. */
function cutService(backends: readonly string[]): string {
  return unitFile({
    Unit: { Description: "Cuts the sessions of servers that are down", After: "haproxy.service", StartLimitIntervalSec: "0" },
    Service: {
      User: "haproxy",
      Group: "haproxy",
      ExecStart: `/usr/bin/python3 -B ${cutPath} ${adminSocket} ${backends.join(" ")}`,
      Restart: "always",
      RestartSec: "100ms",
      NoNewPrivileges: "yes",
      ProtectSystem: "strict",
      ProtectHome: "yes",
      PrivateTmp: "yes",
      PrivateNetwork: "yes",
    },
    Install: { WantedBy: "multi-user.target" },
  });
}

/** The data proxy: PgBouncer and HAProxy on loopback. */
export function proxyPlan(blueprint: Blueprint, host: Host): HostPlan {
  const after = { Requires: "bundler-secrets.service", After: "bundler-secrets.service", StartLimitIntervalSec: "0" };
  const always = { Restart: "always", RestartSec: "100ms" };
  const owner = blueprint.database.databases[0]?.owner;
  if (owner === undefined) throw new Error("data proxy: the blueprint has no application database, needed one with its owner");
  return {
    packages: ["haproxy", "pgbouncer"],
    files: [
      rootFile("/etc/haproxy/haproxy.cfg", dataProxyCfg(blueprint, host)),
      rootFile("/etc/pgbouncer/pgbouncer.ini", pgbouncerIni(blueprint)),
      unit(
        "haproxy.service.d/bundler.conf",
        unitFile({ Unit: after, Service: { EnvironmentFile: haproxyEnvironmentPath, LimitNOFILE: haproxyFiles, ...always } }),
      ),
      unit("pgbouncer.service.d/bundler.conf", unitFile({ Unit: after, Service: always })),
      rootFile(cutPath, cut),
      unit("bundler-cut.service", cutService(leaderBackends(blueprint))),
    ],
    secrets: [
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
      {
        path: haproxyEnvironmentPath,
        mode: "0600",
        owner: "root:root",
        environment: { REDIS_CACHE_PASSWORD: { secret: "redis-cache", key: "ELASTICACHE_PASSWORD" } },
      },
      { path: pgbouncerCaPath, mode: "0644", owner: "postgres:postgres", parts: [{ secret: "tls-app", key: "ca" }] },
      {
        path: userlistPath,
        mode: "0600",
        owner: "postgres:postgres",
        template: { text: `"${owner}" "{password}"\n`, values: { password: { secret: "database-owner", key: "DB_PASSWORD" } } },
      },
    ],
    units: ["haproxy.service", "pgbouncer.service", "bundler-cut.service"],
    maskedUnits: [],
  };
}
