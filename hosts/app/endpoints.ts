import type { ManagedBlueprint } from "../../blueprint/types";
import { settingsFile, unit } from "../files";
import { confined, unitFile } from "../systemd";
import type { HostFile } from "../types";
import { primaryBackend, redisBackend } from "./backends/waiting";
import { balancerServers } from "./haproxy.cfg";
import { adminSocket, databaseAuthorityPath, databaseEnvironmentPath } from "./paths";
import { programPath } from "./programs";

const settingsPath = "/etc/bundler/endpoints.json";
/** How often names are asked; the resolver keeps their answers for their time to live. */
const pauseSeconds = 0.5;

/** What follows the names of managed services: files, and the unit to start. */
export function endpointsPlan(blueprint: ManagedBlueprint): { files: HostFile[]; units: string[] } {
  const { database, redis, edge, proxy } = blueprint;
  const [first] = database.databases;
  if (first === undefined) throw new Error("data proxy: the blueprint has no application database");
  return {
    files: [
      settingsFile(settingsPath, {
        socket: adminSocket,
        pauseSeconds,
        endpoints: [
          { backend: primaryBackend, servers: ["writer"], name: database.writerName, port: database.port },
          ...(database.readerName === null ? [] : [{ backend: primaryBackend, servers: ["reader"], name: database.readerName, port: database.port }]),
          ...redis.instances.map(({ name, primaryName, port }) => ({ backend: redisBackend(name), servers: ["primary"], name: primaryName, port })),
          { backend: "payment", servers: balancerServers(blueprint), name: edge.payment.name, port: edge.payment.port },
        ],
        database: {
          backend: primaryBackend,
          port: database.port,
          database: first.name,
          user: first.owner,
          authority: databaseAuthorityPath,
          holdSeconds: proxy.writerHoldSeconds,
        },
        writer: proxy.writerPort,
        ...(database.readerName === null ? {} : { reader: proxy.readerPort }),
      }),
      unit(
        "bundler-endpoints.service",
        unitFile({
          Unit: {
            Description: "Follows the names of managed services",
            Requires: "bundler-secrets.service bundler-artifacts.service",
            Wants: "network-online.target",
            After: "bundler-secrets.service bundler-artifacts.service network-online.target haproxy.service",
            StartLimitIntervalSec: "0",
          },
          Service: {
            User: "haproxy",
            Group: "haproxy",
            EnvironmentFile: databaseEnvironmentPath,
            ExecStart: `/usr/bin/python3 -B ${programPath(blueprint, "endpoints")} ${settingsPath}`,
            Restart: "always",
            RestartSec: "100ms",
            ...confined,
          },
          Install: { WantedBy: "multi-user.target" },
        }),
      ),
    ],
    units: ["bundler-endpoints.service"],
  };
}
