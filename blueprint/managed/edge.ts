import type { Settings } from "../../config/settings";
import { fastestFailover } from "../failover";
import { bucketNames } from "../names";
import { ports } from "../ports";
import { apiDrainSeconds } from "../processes/common";
import type { ManagedEdge } from "../types";
import { internalName } from "./names";

/** Load balancers: a public one before the APIs, and an internal one before payment-service. */
export function makeManagedEdge(settings: Settings): ManagedEdge {
  if (settings.certificateArn === null)
    throw new Error("certificateArn: given nothing, needed an ARN with hosting managed; parse settings before making a blueprint");
  return {
    kind: "alb",
    deletionProtection: settings.deletionProtection && settings.hostingMove === null,
    certificateArn: settings.certificateArn,
    // TLS 1.2 and 1.3 (AWS's recommended policy).
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    hostedZoneId: settings.hostedZoneId,
    failover: settings.level === 3 ? { ...fastestFailover, traffic: settings.traffic } : null,
    // The application's own reverse proxy gives uploads 300 s, and a request that waits for the database is answered in it.
    idleSeconds: 300,
    // The fastest that AWS has: a lost host gets no more requests after two of them.
    check: { path: "/health", intervalSeconds: 5, timeoutSeconds: 4, count: 2 },
    deregistrationSeconds: apiDrainSeconds,
    accessLogs: { bucket: bucketNames(settings).accessLogs, expireDays: 90 },
    payment: { name: internalName(settings, "payment"), port: ports.paymentService },
  };
}
