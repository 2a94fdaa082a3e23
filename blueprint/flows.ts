import type { Settings } from "../config/settings";
import { ports } from "./ports";
import type { Flow, HostRole } from "./types";

type Source = Flow["from"];

/** TCP from each source to each port. */
export function tcp(from: readonly Source[], to: Flow["to"], open: readonly number[], why: string): Flow[] {
  return from.flatMap((source) => open.map((port): Flow => ({ from: source, to, protocol: "tcp", port, why })));
}

/** Hosts that run the application. */
export const application: readonly HostRole[] = ["api", "worker"];

/** What every hosting has. */
export const toEndpoints: readonly Flow[] = tcp(["endpoint-clients"], "endpoints", [ports.https], "hosts reach AWS services without leaving the VPC");

/** What two regions of own hosts have beside. The waiting one follows, and asks before it takes over; the roles may have changed. From the other region comes who has the role that is called. */
const betweenRegions: readonly Flow[] = [
  ...tcp(["other-region"], "database", [ports.postgres, ports.patroniRest], "the database of the other region follows, rewinds, and asks who takes writes"),
  ...tcp(application, "database", [ports.databaseReader], "the data proxy reads from the standby leader while its region waits"),
  ...tcp(["edge"], "api", [ports.writer], "the edge tells Route 53 whether its region takes writes"),
];

/** Every permitted direction of traffic between own hosts; all else is refused. */
export function makeFlows(settings: Settings): Flow[] {
  return [
    ...tcp(["internet"], "edge", [ports.http, ports.https], "clients reach the bundler; http only redirects and answers ACME"),
    ...(settings.edge === "keepalived"
      ? [{ from: "edge", to: "edge", protocol: "vrrp", port: 0, why: "the edge hosts agree who holds the Elastic IP" } satisfies Flow]
      : []),
    ...tcp(["edge"], "api", [ports.uploadApi, ports.paymentService], "the edge passes requests on and checks health"),
    ...tcp(application, "api", [ports.paymentService], "upload-api and upload-workers reserve and refund balances"),
    ...tcp(application, "database", [ports.postgres], "the pools of the data proxy reach the primary"),
    ...tcp(application, "database", [ports.databaseRole], "the data proxy asks which member is primary"),
    ...tcp(application, "redis", [ports.redisCache, ports.redisQueues], "the data proxy reaches the masters of cache and queues"),
    ...tcp(["worker"], "redis", [ports.etcdClient], "worker hosts agree which one runs payment-workers"),
    ...tcp(["database"], "database", [ports.postgres, ports.patroniRest], "members replicate, rewind and ask each other before promotion"),
    ...tcp(["database"], "database", [ports.databaseRole], "a primary whose volume is nearly full asks the standby for its room"),
    ...tcp(["database"], "redis", [ports.etcdClient], "Patroni keeps the lease of the primary in etcd"),
    ...tcp(["redis"], "database", [ports.postgres], "witnesses probe the primary"),
    ...tcp(
      ["redis"],
      "redis",
      [ports.redisCache, ports.redisQueues, ports.sentinelCache, ports.sentinelQueues],
      "replicas follow masters, Sentinels watch and vote",
    ),
    ...tcp(["redis"], "redis", [ports.etcdClient, ports.etcdPeer], "etcd members replicate; witnesses vote"),
    ...(settings.objectStore === "minio"
      ? [
          ...tcp(application, "objects", [ports.minio], "upload-api and upload-workers keep data items"),
          ...tcp(["objects"], "objects", [ports.minio], "MinIO hosts read and write the drives of each other"),
        ]
      : []),
    ...(settings.level === 3 ? betweenRegions : []),
    ...(settings.level === 3 && settings.objectStore === "minio"
      ? tcp(["other-region"], "objects", [ports.minio], "MinIO hosts of the other region copy to this one, and read what is not here yet")
      : []),
    ...toEndpoints,
  ];
}
