import type { SelfHostedBlueprint } from "../../../blueprint/types";
import { hostsOf } from "../../dataMount";
import { combinedPath, tls } from "../paths";
import { readerServers } from "./region";
import { leaderBackend, primaryBackend, redisLeader } from "./waiting";

/** The leaders among own hosts: each member says itself whether it is one. */
export function ownBackends(blueprint: SelfHostedBlueprint): string[] {
  const { proxy, redis, database } = blueprint;
  // A master without a replica takes no writes (min-replicas-to-write), and may be one that was deposed and does not know it yet.
  const master = `rstring role:master[[:print:][:space:]]*min_slaves_good_slaves:[${String(redis.minReplicasToWrite)}-9]`;
  return [
    ...leaderBackend(proxy, primaryBackend, proxy.primaryPort, [
      "    option httpchk",
      "    http-check send meth GET uri /primary",
      // A member that says that it is the primary no more gets nobody from then on; silence is believed at the second time.
      "    http-check disable-on-404",
      ...hostsOf(blueprint, "database").map(
        ({ name, address }) =>
          `    server ${name} ${address}:${String(database.port)} port ${String(database.role.port)} check-ssl verify required ca-file ${tls.ca}`,
      ),
      ...readerServers(blueprint),
    ]),
    ...redis.instances.flatMap((instance) =>
      redisLeader(
        proxy,
        instance.name,
        master,
        hostsOf(blueprint, "redis").map(
          ({ name, address }) => `    server ${name} ${address}:${String(instance.port)} ssl crt ${combinedPath} verify required ca-file ${tls.ca}`,
        ),
      ),
    ),
  ];
}

/** MinIO on own hosts; nothing where objects are in S3. */
export function minioBackend(blueprint: SelfHostedBlueprint): string[] {
  const { proxy, objects } = blueprint;
  if (proxy.objectsPort === null || objects.minio === null) return [];
  const { port } = objects.minio;
  return [
    "listen objects",
    "    mode http",
    "    option httplog",
    `    bind 127.0.0.1:${String(proxy.objectsPort)}`,
    "    balance leastconn",
    "    option httpchk",
    // MinIO answers 400 to a request that names no host.
    "    http-check send meth GET uri /minio/health/live ver HTTP/1.1 hdr Host localhost",
    // The application's S3 client asks whether it may send a body, and after a second without an answer never sends it (node-http-handler
    // 3.3.2 to 4.0.1). MinIO answers only once it reads, which waits for a lost host: so the proxy answers, and has the body to send.
    "    option http-buffer-request",
    "    option redispatch 1",
    "    timeout server 300s",
    "    timeout client 300s",
    // Sessions are not cut here: an upload under way on a host that only fails its checks may still end well, and with
    // them cut five times as many uploads hung in the drill objects-host-lost. The kernel ends those of a lost host.
    ...hostsOf(blueprint, "objects").map(({ name, address }) => `    server ${name} ${address}:${String(port)} ssl verify required ca-file ${tls.ca}`),
    "",
  ];
}
