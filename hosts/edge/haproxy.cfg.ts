import type { Blueprint, Host, ProcessName, Route } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { type Lines, lines, section } from "../lines";
import { portOf } from "../processPort";
import { acmePort, certificatePath, edgeHealthPath, metricsPort, statsPort } from "./paths";

/** The application's own reverse proxy sends these; both services leave CORS to it. */
const responseHeaders: readonly (readonly [string, string])[] = [
  ["Access-Control-Allow-Origin", "*"],
  ["Access-Control-Allow-Methods", "GET, POST, OPTIONS"],
  ["Access-Control-Allow-Headers", "*"],
  ["Access-Control-Expose-Headers", "*"],
  ["Strict-Transport-Security", "max-age=63072000"],
];

/** A TLS connection takes about 100 kB; 10,000 of them 1 GB. */
const maxConnections = 10_000;

/** The route table in order: the first row that matches sets the service, and no later one changes it. */
export function routeRules(routes: readonly Route[]): string[] {
  const groups = routes.reduce<{ service: string; match: Route["match"]; paths: string[] }[]>((found, route) => {
    const last = found.at(-1);
    if (last !== undefined && last.service === route.service && last.match === route.match) last.paths.push(route.path);
    else found.push({ service: route.service, match: route.match, paths: [route.path] });
    return found;
  }, []);
  return groups.map(({ service, match, paths }) => {
    const fetch = match === "exact" ? "path" : "path_beg";
    return `http-request set-var(txn.service) str(${service}) if !{ var(txn.service) -m found } { ${fetch} -i ${paths.join(" ")} }`;
  });
}

/** HAProxy of an edge host: TLS, routes, CORS, and the API hosts behind it. */
export function edgeHaproxyCfg(blueprint: Blueprint, host: Host): string {
  const { http } = blueprint.edge;
  const acme = blueprint.edge.certificate.source === "acme";
  return lines(
    section(
      "global",
      "log stdout format raw daemon",
      "user haproxy",
      "group haproxy",
      "stats socket /run/haproxy/admin.sock mode 600 level admin",
      `maxconn ${String(maxConnections)}`,
      // After a reload the old process ends with its longest requests.
      `hard-stop-after ${String(2 * http.clientSeconds)}s`,
      "ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets",
      "ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
    ),
    section(
      "defaults",
      "mode http",
      "log global",
      "option httplog",
      "option dontlognull",
      `timeout connect ${String(http.connectMilliseconds)}ms`,
      `timeout client ${String(http.clientSeconds)}s`,
      `timeout server ${String(http.uploadServerSeconds)}s`,
      "timeout http-request 30s",
      "timeout http-keep-alive 60s",
      "timeout queue 30s",
      "timeout check 2s",
    ),
    section(
      "frontend http",
      "bind :80",
      `monitor-uri ${edgeHealthPath}`,
      acme ? ["acl challenge path_beg /.well-known/acme-challenge/", "use_backend acme if challenge"] : [],
      `http-request redirect scheme https code 301${acme ? " unless challenge" : ""}`,
    ),
    section(
      "frontend https",
      `bind :443 ssl crt ${certificatePath} alpn h2,http/1.1`,
      ...responseHeaders.map(([name, value]) => `http-after-response set-header ${name} "${value}"`),
      "http-request return status 204 if METH_OPTIONS",
      ...routeRules(blueprint.routes),
      "http-request deny deny_status 403 if { var(txn.service) -m str deny }",
      "http-request deny deny_status 403 unless { var(txn.service) -m found }",
      `http-request deny deny_status 413 if { req.body_size gt ${String(http.maxBodyBytes)} }`,
      // The application believes exactly one hop, this one; what a client sends under these names is replaced.
      "http-request del-header Forwarded",
      "http-request set-header X-Forwarded-For %[src]",
      "http-request set-header X-Real-IP %[src]",
      "http-request set-header X-Forwarded-Proto https",
      "use_backend %[var(txn.service)]",
    ),
    backend(blueprint, "upload", "upload-api", http.uploadServerSeconds, "METH_GET"),
    // Redeeming twice answers "already redeemed" to someone who has just succeeded.
    backend(blueprint, "payment", "payment-service", http.paymentServerSeconds, "METH_GET !{ path_beg -i /v1/redeem }"),
    acme ? section("backend acme", `server certbot 127.0.0.1:${String(acmePort)}`) : [],
    section("frontend stats", `bind 127.0.0.1:${String(statsPort)}`, "option dontlog-normal", "stats enable", "stats uri /"),
    section(
      "frontend metrics",
      `bind ${host.address}:${String(metricsPort)}`,
      "option dontlog-normal",
      "http-request use-service prometheus-exporter if { path /metrics }",
      "http-request deny deny_status 404",
    ),
  );
}

/**
 * API hosts behind one service. Measured: no failed GET when a host is lost, a process dies or hangs. A request whose bytes
 * may have been read is sent again only when that is safe, and sessions of a host that is marked down are not cut: its
 * running requests are often answered.
 */
function backend(blueprint: Blueprint, name: string, process: ProcessName, serverSeconds: number, retryable: string): Lines {
  const { http } = blueprint.edge;
  const port = portOf(blueprint, process);
  return section(
    `backend ${name}`,
    "balance leastconn",
    `timeout server ${String(serverSeconds)}s`,
    "option httpchk GET /health",
    "http-check expect status 200",
    "retries 3",
    "option redispatch 1",
    "retry-on conn-failure empty-response response-timeout",
    `http-request set-var(txn.retryable) bool(true) if ${retryable}`,
    "http-request disable-l7-retry unless { var(txn.retryable) -m bool }",
    `default-server inter ${String(http.checkIntervalMilliseconds)}ms fastinter ${String(http.checkFastIntervalMilliseconds)}ms fall ${String(http.checkFall)} rise ${String(http.checkRise)} observe layer4`,
    ...hostsOf(blueprint, "api").map((one) => `server ${one.name} ${one.address}:${String(port)} check`),
  );
}
