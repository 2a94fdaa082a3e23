import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { sayMetrics, type Grant } from "../grant";
import { fleet } from "../host/fleet";
import type { OwnFoundation } from "../host/foundation";
import { parameterArns } from "../regions/parameter";
import type { Database } from "./index";

/** PostgreSQL under Patroni, one synchronous standby at least, its leader's lease in etcd on the Redis hosts. */
export class Patroni extends Component implements Database {
  public readonly instanceIds: Map<string, pulumi.Output<string>>;
  public readonly endpoints = {};
  public readonly global = null;

  public constructor(name: string, foundation: OwnFoundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:database:Patroni", name, opts);
    const { database, hosts, pair } = foundation.blueprint;
    this.instanceIds = fleet(this, name, foundation, "database", regionStatements(foundation));
    this.publish({
      kind: database.kind,
      version: database.version,
      members: hosts.filter((host) => host.role === "database").map(({ name: host, zone }) => ({ host, zone })),
      patroni: { ...database.patroni },
      witness: { ...database.witness },
      maxConnections: database.maxConnections,
      pair: pair === null ? null : { follows: pair.other.region, slot: pair.slot, parameter: pair.parameter },
    });
  }
}

/** With two regions each host looks up, in both, which of them takes writes, and says there how far the other is behind. */
function regionStatements({ blueprint, vpc }: OwnFoundation): Grant[] {
  const { pair, region } = blueprint;
  if (pair === null) return [];
  return [
    { actions: ["ssm:GetParameter"], resources: vpc.accountId.apply((account) => parameterArns(pair, [region, pair.other.region], account)) },
    sayMetrics(pair.lag.metric),
  ];
}
