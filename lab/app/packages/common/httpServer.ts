import type { Server } from "node:http";
import type Koa from "koa";
import { integer, value } from "./environment";
import { log } from "./log";

/** All in milliseconds. */
export interface ServerTimeouts {
  request: number;
  keepAlive: number;
  headers: number;
}

/** Listens, and on SIGTERM or SIGINT stops accepting at once, lets requests under way end, and exits. */
export function listen(app: Koa, port: number, timeouts: ServerTimeouts): Server {
  let draining = false;
  // Clients that keep their connection are told to leave it after this answer.
  app.middleware.unshift(async (context, next) => {
    if (draining) context.set("Connection", "close");
    await next();
  });
  const server = app.listen(port, value("BIND_ADDRESS") ?? "0.0.0.0");
  server.requestTimeout = timeouts.request;
  server.timeout = timeouts.request;
  server.keepAliveTimeout = timeouts.keepAlive;
  server.headersTimeout = timeouts.headers;
  const drain = (signal: string): void => {
    if (draining) return;
    draining = true;
    log("info", `${signal}: draining`);
    const asked = integer("SHUTDOWN_DRAIN_MS", 4_000);
    setTimeout(() => process.exit(0), asked > 0 ? asked : 4_000).unref();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  };
  process.on("SIGTERM", drain);
  process.on("SIGINT", drain);
  return server;
}
