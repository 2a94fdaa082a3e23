import type { SelfHostedBlueprint, SelfHostedEdge, Host, Route } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { lines } from "../lines";
import { certificatePath } from "./paths";

/** certbot's own server, behind the edge, for HTTP-01 challenges. */
export const acmePort = 8402;
/** HAProxy's own metrics, on loopback, and whether it answers at all. */
const metricsPort = 8405;
const alivePath = "/alive";
export const aliveUrl = `http://127.0.0.1:${String(metricsPort)}${alivePath}`;
/** Two years, as the application's own reverse proxy sends it. */
const hstsSeconds = 63_072_000;

/** `/etc/haproxy/haproxy.cfg` of an edge host: TLS, the route table, and the API hosts. */
export function edgeHaproxyCfg(blueprint: SelfHostedBlueprint): string {
  const { edge, routes } = blueprint;
  const acme = edge.certificate.source === "acme";
  return lines(
    global(),
    defaults(edge),
    "frontend http",
    indent([
      "bind :80",
      ...(acme ? ["acl challenge path_beg /.well-known/acme-challenge/"] : []),
      `http-request redirect scheme https code 301${acme ? " unless challenge" : ""}`,
      ...(acme ? ["use_backend acme if challenge"] : []),
    ]),
    "",
    "frontend https",
    indent([
      `bind :443 ssl crt ${certificatePath} alpn h2,http/1.1`,
      `http-request return status 413 if { req.hdr_val(content-length) gt ${String(edge.http.maxBodyBytes)} }`,
      // The application ignores case; what is denied is denied in every spelling.
      "http-request set-var(txn.path) path,url_dec,lower",
      "http-request del-header X-Forwarded-For",
      "option forwardfor",
      "http-request set-header X-Forwarded-Proto https",
      // The services leave CORS to the proxy before them.
      `http-after-response set-header Access-Control-Allow-Origin "*"`,
      `http-after-response set-header Access-Control-Allow-Methods "GET, POST, OPTIONS"`,
      `http-after-response set-header Access-Control-Allow-Headers "*"`,
      `http-after-response set-header Access-Control-Expose-Headers "*"`,
      `http-after-response set-header Strict-Transport-Security "max-age=${String(hstsSeconds)}"`,
      "http-request return status 204 if { method OPTIONS }",
      ...(blueprint.pair === null ? [] : [`use_backend region if { var(txn.path) -m str ${blueprint.pair.path} }`]),
      ...routes.map(rule),
    ]),
    "",
    "backend denied",
    indent(["http-request deny deny_status 403"]),
    "",
    service(blueprint, "upload", edge.http.uploadServerSeconds),
    service(blueprint, "payment", edge.http.paymentServerSeconds),
    ...region(blueprint),
    ...(acme ? ["backend acme", indent([`server certbot 127.0.0.1:${String(acmePort)}`]), ""] : []),
    "frontend metrics",
    indent([`bind 127.0.0.1:${String(metricsPort)}`, `monitor-uri ${alivePath}`, "http-request use-service prometheus-exporter if { path /metrics }"]),
  );
}

function global(): string[] {
  return [
    "global",
    ...indent([
      "log /dev/log local0",
      "user haproxy",
      "group haproxy",
      "stats socket /run/haproxy/admin.sock mode 660 level admin",
      "ssl-default-bind-options ssl-min-ver TLSv1.2",
      // A reload keeps running transfers this long.
      "hard-stop-after 15m",
    ]),
    "",
  ];
}

function defaults({ http }: SelfHostedEdge): string[] {
  return [
    "defaults",
    ...indent([
      "mode http",
      "log global",
      "option httplog",
      "option dontlognull",
      `timeout connect ${String(http.connectMilliseconds)}ms`,
      `timeout client ${String(http.clientSeconds)}s`,
      `timeout server ${String(http.uploadServerSeconds)}s`,
      "timeout http-request 60s",
      "timeout http-keep-alive 60s",
      "timeout queue 60s",
    ]),
    "",
  ];
}

function rule(route: Route): string {
  const backend = route.service === "deny" ? "denied" : route.service;
  if (route.match === "prefix" && route.path === "/") return `default_backend ${backend}`;
  return `use_backend ${backend} if { var(txn.path) -m ${route.match === "prefix" ? "beg" : "str"} ${route.path} }`;
}

function service(blueprint: SelfHostedBlueprint, name: "upload" | "payment", serverSeconds: number): string[] {
  const process = blueprint.processes.find((one) => one.name === (name === "upload" ? "upload-api" : "payment-service"));
  if (process?.port === undefined || process.port === null) throw new Error(`edge: the ${name} service has no port in the blueprint`);
  const { http } = blueprint.edge;
  const port = String(process.port);
  return [
    `backend ${name}`,
    ...indent([
      "balance leastconn",
      "option httpchk GET /health",
      "http-check expect status 200",
      // A connection for each request: one that was kept may be to a host that is gone, and a POST is not sent twice.
      "option http-server-close",
      "option redispatch 1",
      "retries 3",
      // A request that changes something is sent once; only a connection that never came about is tried again.
      // 503 is what the application says when its connection to a lost primary was cut: asked again, it waits for the next one.
      "retry-on conn-failure empty-response response-timeout 503",
      "http-request disable-l7-retry if !{ method GET HEAD }",
      `timeout server ${String(serverSeconds)}s`,
      [
        "default-server check observe layer4",
        `inter ${String(http.checkIntervalMilliseconds)}ms fastinter ${String(http.checkFastIntervalMilliseconds)}ms`,
        `fall ${String(http.checkFall)} rise ${String(http.checkRise)}`,
      ].join(" "),
      ...hostsOf(blueprint, "api").map((host: Host) => `server ${host.name} ${host.address}:${port}`),
    ]),
    "",
  ];
}

/** With two regions: says to Route 53 whether this one takes writes, as its API hosts see it. */
function region(blueprint: SelfHostedBlueprint): string[] {
  const { pair, proxy, edge } = blueprint;
  if (pair === null) return [];
  const { checkIntervalMilliseconds, checkFall, checkRise } = edge.http;
  return [
    "backend region",
    ...indent([
      "http-request return status 200 if { nbsrv(region) ge 1 } { nbsrv(upload) ge 1 }",
      "http-request return status 503",
      "option httpchk GET /",
      `default-server check inter ${String(checkIntervalMilliseconds)}ms fall ${String(checkFall)} rise ${String(checkRise)}`,
      ...hostsOf(blueprint, "api").map(({ name, address }) => `server ${name} ${address}:${String(proxy.writerPort)}`),
    ]),
    "",
  ];
}

function indent(directives: readonly string[]): string[] {
  return directives.map((directive) => `    ${directive}`);
}
