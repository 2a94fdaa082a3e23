import { createServer } from "node:http";
import { Counter, collectDefaultMetrics, register } from "prom-client";
import { integer, value } from "../../../common/environment";
import { log } from "../../../common/log";

collectDefaultMetrics();

const counter = (name: string, help: string): Counter => new Counter({ name, help });

/** The application's counters that the workload moves. */
export const metrics = {
  uncaughtExceptions: counter("uncaught_exceptions_total", "Exceptions that nothing caught"),
  opticalEnqueueFail: counter("optical_bridge_enqueue_fail_count", "Uploads whose optical bridging was not queued"),
  refundFailed: counter("refund_failed_call_count", "Refunds that the payment service did not take at once"),
  localCacheHit: counter("local_cache_data_item_hit_count", "Uploads that were in flight already"),
  usdToArRateFail: counter("usd_to_ar_rate_fail_count", "Failed questions for the rate"),
  postedRedrive: new Counter({ name: "posted_bundle_redrive_total", help: "Posted bundles driven again", labelNames: ["result"] }),
  chunkSeed: new Counter({ name: "chunk_seed_post_total", help: "Chunks given to a node", labelNames: ["result"] }),
};

export { register };

/** Serves the metrics on a port of their own: the base, and one more for each instance. */
export function startMetricsServer(basePort: number): void {
  if (value("METRICS_SERVER_ENABLED") === "false") return;
  const port = basePort + integer("NODE_APP_INSTANCE", 0);
  createServer((request, response) => {
    if (!["/metrics", "/bundler_metrics"].includes(request.url ?? "")) {
      response.writeHead(404).end();
      return;
    }
    register.metrics().then(
      (text) => response.writeHead(200, { "Content-Type": register.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  })
    .on("error", (fault) => {
      log("error", "metrics server", { error: fault.message });
    })
    .listen(port, value("METRICS_BIND_ADDRESS") ?? "0.0.0.0");
}
