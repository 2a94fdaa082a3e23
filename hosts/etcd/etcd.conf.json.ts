import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { etcdDataDirectory, tls } from "./paths";

/** Prometheus metrics, loopback only and without TLS. */
export const etcdMetricsPort = 2381;

/** etcd's configuration file for one member, as JSON (etcd reads YAML, of which JSON is a part): the join step edits it with Python's standard library. */
export function etcdConf(blueprint: SelfHostedBlueprint, host: Host): string {
  const { etcd } = blueprint;
  const client = (address: string): string => `https://${address}:${String(etcd.clientPort)}`;
  const peer = (address: string): string => `https://${address}:${String(etcd.peerPort)}`;
  const transport = { "cert-file": tls.cert, "key-file": tls.key, "trusted-ca-file": tls.ca, "client-cert-auth": true };
  const settings = {
    name: host.name,
    "data-dir": etcdDataDirectory(host),
    "listen-client-urls": client(host.address),
    "advertise-client-urls": client(host.address),
    "listen-peer-urls": peer(host.address),
    "initial-advertise-peer-urls": peer(host.address),
    "initial-cluster": hostsOf(blueprint, "redis")
      .map((member) => `${member.name}=${peer(member.address)}`)
      .join(","),
    "initial-cluster-state": "new",
    "initial-cluster-token": blueprint.names.prefix,
    "listen-metrics-urls": `http://127.0.0.1:${String(etcdMetricsPort)}`,
    "client-transport-security": transport,
    "peer-transport-security": transport,
    "heartbeat-interval": etcd.heartbeatMilliseconds,
    "election-timeout": etcd.electionMilliseconds,
    "quota-backend-bytes": etcd.quotaBytes,
    // Patroni writes a few keys a second at most; an hour of history is small.
    "auto-compaction-mode": "periodic",
    "auto-compaction-retention": "1h",
    "log-outputs": ["stderr"],
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
