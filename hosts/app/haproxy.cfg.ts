import type { Blueprint, DataProxy, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { lines } from "../lines";
import { adminSocket, combinedPath, tls } from "./paths";

/** Longest that a session may be silent: pools keep connections for hours, TCP keepalive finds the dead ones. */
const idle = "24h";

/** Backends of which one server is up, the leader. A lost one's sessions are cut by bundler_cut.py. */
export function leaderBackends({ redis }: Blueprint): string[] {
  return [primaryBackend, ...redis.instances.map(({ name }) => `redis-${name}`)];
}

const primaryBackend = "postgres-primary";

/**
 * A new connection waits for the next leader: it goes to a closed port until there is one again. Each try chooses anew (redispatch).
 * PgBouncer refuses every client from its first failed login to the next good one, so it must not see one fail. The admin's cache
 * client gives up for ever after three refused connections, 0.6 s; the clients of the queues come again only every second or two.
 */
function waiting({ serverConnectTimeoutSeconds, leaderTryMilliseconds }: DataProxy): { settings: string[]; server: string } {
  const tries = Math.ceil((serverConnectTimeoutSeconds * 1000) / leaderTryMilliseconds);
  return {
    settings: ["    option redispatch 1", `    timeout connect ${String(leaderTryMilliseconds)}ms`, `    retries ${String(tries)}`],
    server: "    server waiting-room 127.0.0.1:1 backup no-check",
  };
}

/** `/etc/haproxy/haproxy.cfg` of an application host: the data proxy on loopback, which alone knows the topology. */
export function dataProxyCfg(blueprint: Blueprint, host: Host): string {
  const { proxy, redis, database, objects } = blueprint;
  const wait = waiting(proxy);
  const redisPort = { cache: proxy.cachePort, queues: proxy.queuesPort };
  return lines(
    ["global", "    log /dev/log local0", "    user haproxy", "    group haproxy", `    stats socket ${adminSocket} mode 660 level admin`, ""],
    [
      "defaults",
      "    mode tcp",
      "    log global",
      "    option tcplog",
      "    option dontlognull",
      "    option clitcpka",
      // A server that is gone without a word is found by these, not by the kernel's two hours.
      `    srvtcpka-idle ${String(database.tcpKeepalive.idleSeconds)}s`,
      `    srvtcpka-intvl ${String(database.tcpKeepalive.intervalSeconds)}s`,
      `    srvtcpka-cnt ${String(database.tcpKeepalive.count)}`,
      "    option srvtcpka",
      "    timeout connect 1s",
      "    timeout check 1s",
      `    timeout client ${idle}`,
      `    timeout server ${idle}`,
      `    default-server check inter ${String(proxy.checkIntervalMilliseconds)}ms fall ${String(proxy.checkFall)} rise ${String(proxy.checkRise)}`,
      "",
    ],
    [
      `listen ${primaryBackend}`,
      `    bind 127.0.0.1:${String(proxy.primaryPort)}`,
      ...wait.settings,
      "    option httpchk",
      "    http-check send meth GET uri /primary",
      // A member that says that it is the primary no more gets nobody from then on; silence is believed at the second time.
      "    http-check disable-on-404",
      ...hostsOf(blueprint, "database").map(
        ({ name, address }) =>
          `    server ${name} ${address}:${String(database.port)} port ${String(database.role.port)} check-ssl verify required ca-file ${tls.ca}`,
      ),
      wait.server,
      "",
    ],
    ...redis.instances.map((instance) => [
      `listen redis-${instance.name}`,
      `    bind 127.0.0.1:${String(redisPort[instance.name])}`,
      ...wait.settings,
      "    option tcp-check",
      // From the environment: the file holds no secret.
      ...(instance.name === "cache" ? ['    tcp-check send "AUTH ${REDIS_CACHE_PASSWORD}\\r\\n"', "    tcp-check expect string +OK"] : []),
      // With its QUIT at once: on an answer that does not match, HAProxy would wait for more until the check's timeout.
      '    tcp-check send "info replication\\r\\nQUIT\\r\\n"',
      // A master without a replica takes no writes (min-replicas-to-write), and may be one that was deposed and does not know it yet.
      `    tcp-check expect rstring role:master[[:print:][:space:]]*min_slaves_good_slaves:[${String(redis.minReplicasToWrite)}-9]`,
      ...hostsOf(blueprint, "redis").map(
        ({ name, address }) => `    server ${name} ${address}:${String(instance.port)} ssl crt ${combinedPath} verify required ca-file ${tls.ca}`,
      ),
      wait.server,
      "",
    ]),
    payment(blueprint, host),
    ...(proxy.objectsPort === null || objects.minio === null
      ? []
      : [
          "listen objects",
          "    mode http",
          "    option httplog",
          `    bind 127.0.0.1:${String(proxy.objectsPort)}`,
          "    balance leastconn",
          "    option httpchk",
          // MinIO answers 400 to a request that names no host.
          "    http-check send meth GET uri /minio/health/live ver HTTP/1.1 hdr Host localhost",
          "    option redispatch 1",
          "    timeout server 300s",
          "    timeout client 300s",
          // Sessions are not cut here: an upload under way on a host that only fails its checks may still end well, and with
          // them cut five times as many uploads hung in the drill objects-host-lost. The kernel ends those of a lost host.
          ...hostsOf(blueprint, "objects").map(
            ({ name, address }) => `    server ${name} ${address}:${String(objects.minio?.port)} ssl verify required ca-file ${tls.ca}`,
          ),
          "",
        ]),
  );
}

/** The payment service for upload-api and upload-workers: this host's own first, where it runs. */
function payment(blueprint: Blueprint, host: Host): string[] {
  const port = blueprint.processes.find((process) => process.name === "payment-service")?.port;
  if (port === undefined || port === null) throw new Error("data proxy: payment-service has no port in the blueprint");
  const hosts = hostsOf(blueprint, "api");
  const local = hosts.some((other) => other.name === host.name);
  return [
    "listen payment",
    "    mode http",
    "    option httplog",
    `    bind 127.0.0.1:${String(blueprint.proxy.paymentPort)}`,
    "    option httpchk GET /health",
    "    option redispatch 1",
    "    timeout client 120s",
    "    timeout server 120s",
    ...hosts.map(({ name, address }) => {
      const own = name === host.name;
      return `    server ${name} ${own ? "127.0.0.1" : address}:${String(port)}${local && !own ? " backup" : ""}`;
    }),
    "",
  ];
}
