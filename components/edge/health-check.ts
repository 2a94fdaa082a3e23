import type { ManagedEdge } from "../../blueprint/types";

/** How a load balancer, of either kind, asks a machine whether a process answers. */
export function answersAt(port: number, { path, intervalSeconds, timeoutSeconds, count }: ManagedEdge["check"]) {
  return {
    protocol: "HTTP",
    port: String(port),
    path,
    matcher: "200",
    interval: intervalSeconds,
    timeout: timeoutSeconds,
    healthyThreshold: count,
    unhealthyThreshold: count,
  };
}
