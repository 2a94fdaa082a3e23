import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { tls } from "../etcd/paths";

/** Time one probe may take: longer than any round trip in a region, shorter than the verdict. */
const probeTimeoutMilliseconds = 300;

export const witnessMetricsPath = "/run/bundler-witness/witness.prom";

/** Settings of the witness on one etcd host. */
export function witnessJson(blueprint: SelfHostedBlueprint, host: Host): string {
  const { database, etcd } = blueprint;
  const { patroni, witness } = database;
  const members = hostsOf(blueprint, "redis");
  // Its own member first: the others only answer when that one does not.
  const ordered = [...members.filter((member) => member.name === host.name), ...members.filter((member) => member.name !== host.name)];
  const settings = {
    name: host.name,
    endpoints: ordered.map((member) => ({ address: member.address, port: etcd.clientPort })),
    tls,
    prefix: `/${patroni.namespace.replace(/^\/+|\/+$/g, "")}/${patroni.scope}/`,
    // Patroni would write a stack trace for each probe that says nothing; PostgreSQL is silent about them.
    port: database.port,
    probeIntervalMilliseconds: witness.probeIntervalMilliseconds,
    probeTimeoutMilliseconds,
    verdictMilliseconds: witness.verdictMilliseconds,
    renewalOverdueSeconds: witness.renewalOverdueSeconds,
    quorum: witness.quorum,
    voteLeaseSeconds: witness.voteLeaseSeconds,
    metricsFile: witnessMetricsPath,
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
