import Koa from "koa";
import { integer, value } from "../../common/environment";
import { listen } from "../../common/httpServer";
import { log, reason } from "../../common/log";
import { openPools } from "../../common/pools";
import { paymentDatabase } from "./database/name";
import { metrics } from "./metrics";
import { Pricing } from "./pricing";
import { requireApi } from "./requirements";
import { makeRouter } from "./router";

requireApi();

process.on("uncaughtException", (fault) => {
  metrics.uncaughtExceptions.inc();
  log("error", "uncaught exception", { error: reason(fault) });
});

const app = new Koa();
const pricing = new Pricing();
app.use(makeRouter({ ...openPools(paymentDatabase), pricing, secret: value("PRIVATE_ROUTE_SECRET") ?? "" }).routes());
const port = integer("PAYMENT_SERVICE_PORT", 4001);
listen(app, port, { request: 120_000, keepAlive: integer("PAYMENT_KEEPALIVE_TIMEOUT_MS", 65_000), headers: 60_000 });
log("info", `payment-service listens on ${String(port)}`);
