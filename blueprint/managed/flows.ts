import { ports } from "../ports";
import type { Flow } from "../types";
import { application, tcp, toEndpoints } from "../flows";

/** Every permitted direction of traffic around managed services; all else is refused. */
export function makeManagedFlows(): Flow[] {
  return [
    ...tcp(["internet"], "edge", [ports.http, ports.https], "clients reach the bundler; http only redirects"),
    ...tcp(["edge"], "api", [ports.uploadApi, ports.paymentService], "the load balancer passes requests on and checks health"),
    ...tcp(application, "balancer", [ports.paymentService], "upload-api and upload-workers reserve and refund balances"),
    ...tcp(["balancer"], "api", [ports.paymentService], "the internal load balancer passes them on and checks health"),
    ...tcp(application, "database", [ports.postgres], "the pools of the data proxy reach the writer"),
    ...tcp(application, "redis", [ports.redisCache, ports.redisQueues], "the data proxy reaches the primaries of cache and queues"),
    ...toEndpoints,
  ];
}
