import Koa from "koa";
import { integer } from "../../common/environment";
import { listen } from "../../common/httpServer";
import { log, reason } from "../../common/log";
import { makeArchitecture } from "./arch/architecture";
import { makeDataDirectory } from "./arch/dataDirectory";
import { metrics, startMetricsServer } from "./arch/metrics";
import { requireApi } from "./requirements";
import { makeRouter } from "./router";

requireApi();

process.on("uncaughtException", (fault) => {
  metrics.uncaughtExceptions.inc();
  log("error", "uncaught exception", { error: reason(fault) });
});

void makeDataDirectory();

const app = new Koa();
app.use(makeRouter(makeArchitecture()).routes());
const port = integer("UPLOAD_SERVICE_PORT", 3001);
listen(app, port, { request: 600_000, keepAlive: 620_000, headers: 60_000 });
startMetricsServer(integer("UPLOAD_API_METRICS_PORT", 9301));
log("info", `upload-api listens on ${String(port)}`);
