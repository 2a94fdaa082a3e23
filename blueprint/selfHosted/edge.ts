import type { Settings } from "../../config/settings";
import { fastestFailover } from "../failover";
import { maxDataItemBytes } from "../processes/upload";
import type { SelfHostedEdge } from "../types";

/** Room for headers and multipart framing around the largest data item. */
const framingBytes = 1024 * 1024;

/** AWS's fastest check of a network load balancer before the edge hosts: every 5 s, two in a row. */
export const balancerCheck = { intervalSeconds: 5, timeoutSeconds: 4, count: 2 };

/** The public entry: two HAProxy hosts, and how clients reach them. */
export function makeEdge(settings: Settings): SelfHostedEdge {
  return {
    kind: settings.edge,
    deletionProtection: settings.deletionProtection && settings.hostingMove === null,
    hostedZoneId: settings.level === 3 ? settings.hostedZoneId : null,
    failover: settings.level === 3 ? { ...fastestFailover, traffic: settings.traffic, recordTtlSeconds: 30 } : null,
    certificate: makeCertificate(settings),
    vrrp: {
      routerId: 51,
      // Measured gap at host loss: 0.54–0.73 s at 0.2, 2.6–3.4 s at 1.
      advertSeconds: settings.vrrpAdvertSeconds,
      // Measured gap when only HAProxy dies: 1.3–2.1 s with 1 s × 2.
      scriptIntervalSeconds: 1,
      scriptFall: 2,
    },
    http: {
      // Measured: no failed GET when a host is lost, with redispatch and `observe layer4`.
      connectMilliseconds: 300,
      clientSeconds: 300,
      // The application's own reverse proxy gives uploads 300 s; longer than query_wait_timeout, so that a request that
      // waits for the database during a failover is answered.
      uploadServerSeconds: 300,
      // The payment service's own request timeout.
      paymentServerSeconds: 120,
      checkIntervalMilliseconds: 1000,
      checkFastIntervalMilliseconds: 250,
      checkFall: 2,
      // A second good answer comes after the fast interval, so it costs 0.25 s.
      checkRise: 2,
      maxBodyBytes: maxDataItemBytes + framingBytes,
    },
    certificatePollSeconds: 60,
  };
}

function makeCertificate(settings: Settings): SelfHostedEdge["certificate"] {
  if (settings.certificate === "secret") return { source: "secret" };
  if (settings.acmeEmail === null)
    throw new Error("acmeEmail: given nothing, needed an e-mail address with certificate acme; parse settings before making a blueprint");
  return { source: "acme", email: settings.acmeEmail, directoryUrl: settings.acmeDirectoryUrl };
}
