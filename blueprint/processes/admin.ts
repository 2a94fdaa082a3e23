import type { Settings } from "../../config/settings";
import { ports } from "../ports";
import type { Process } from "../types";
import { addresses, base, database, databasePassword, generated, loopback, optionalExternal, paymentQueues, uploadQueues } from "./common";
import { objectStore } from "./upload";

/**
 * Queue dashboard for operators: once among own hosts, since its sessions are in memory, and on loopback, reached through Session
 * Manager. It has no TURBO_JWK_FILE: the wallet must not be where it is not used (app-contract §1.2).
 */
export function adminDashboard(settings: Settings): Process {
  return {
    name: "admin-dashboard",
    directory: "packages/admin-service",
    entry: "server.js",
    port: ports.adminDashboard,
    metricsPort: null,
    role: "api",
    // Machines of a group are alike; each has its own sessions, and an operator is on one of them.
    placement: settings.hosting === "managed" ? "everyHost" : "firstHost",
    instances: 1,
    environment: {
      ...base(settings),
      ...database(),
      ...paymentQueues(),
      // It imports the upload service's queues, which read the other family of names.
      ...uploadQueues(),
      ...addresses(settings),
      ...objectStore(settings),
      BULL_BOARD_PORT: String(ports.adminDashboard),
      BIND_ADDRESS: loopback,
      // Its cache client knows no password, so it keeps its few keys beside the queues (app-contract §4).
      REDIS_CACHE_HOST: loopback,
      REDIS_CACHE_PORT: String(ports.redisQueues),
      PG_MAX_CONNECTIONS: String(settings.databaseMaxConnections),
      // Its alerter looks for PM2 on its own host and would never be quiet.
      ALERTS_ENABLED: "false",
      ADMIN_AUTH_FILE: "/var/lib/bundler/admin-dashboard/auth.json",
    },
    secretEnvironment: {
      DB_PASSWORD: databasePassword,
      PRIVATE_ROUTE_SECRET: generated("PRIVATE_ROUTE_SECRET"),
      ADMIN_SESSION_SECRET: generated("ADMIN_SESSION_SECRET"),
      ADMIN_SETUP_TOKEN: generated("ADMIN_SETUP_TOKEN"),
      ...optionalExternal(["ADMIN_PASSWORD_HASH"]),
    },
    secretFiles: [],
    stopSeconds: 10,
  };
}
