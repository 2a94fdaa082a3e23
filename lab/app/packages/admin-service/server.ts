import { existsSync } from "node:fs";
import Router from "@koa/router";
import Koa from "koa";
import { readJson } from "../common/body";
import { integer, value } from "../common/environment";
import { listen } from "../common/httpServer";
import { log } from "../common/log";
import { makeClients } from "./clients";
import { collectStats } from "./stats";

/** Failed jobs that one call of an operator has tried again. */
const retryAtOnce = 1_000;

const clients = makeClients();
const router = new Router();

/** Whether anybody could log in. */
function hasCredential(): boolean {
  const file = value("ADMIN_AUTH_FILE");
  return value("ADMIN_PASSWORD_HASH") !== undefined || value("ADMIN_PASSWORD") !== undefined || (file !== undefined && existsSync(file));
}

router.get("/", (context) => {
  context.redirect("/admin/dashboard");
});
router.get("/admin/login", (context) => {
  if (hasCredential()) context.body = "login";
  else context.redirect("/admin/setup");
});
router.get("/admin/stats", async (context) => {
  context.body = await collectStats(clients);
});
router.post("/admin/actions/retry-failed", async (context) => {
  const { queue: name } = await readJson(context.req);
  const queue = clients.queues.find((one) => one.name === name);
  if (queue === undefined) {
    context.status = 404;
    return;
  }
  await queue.retryJobs({ state: "failed", count: retryAtOnce });
  context.body = { queue: queue.name };
});

const app = new Koa();
app.use(router.routes());
const port = integer("BULL_BOARD_PORT", 3002);
listen(app, port, { request: 300_000, keepAlive: 5_000, headers: 60_000 });
log("info", `admin-dashboard listens on ${String(port)}`);
