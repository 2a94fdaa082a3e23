import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { fleet } from "../host/fleet";
import type { OwnFoundation } from "../host/foundation";
import type { Redis } from "./index";

/** Cache and queues as separate Redis instances on the same hosts, Sentinel for both, and etcd with its witnesses. */
export class Sentinel extends Component implements Redis {
  public readonly instanceIds: Map<string, pulumi.Output<string>>;
  public readonly endpoints = {};

  public constructor(name: string, foundation: OwnFoundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:redis:Sentinel", name, opts);
    const { redis, etcd, hosts } = foundation.blueprint;
    this.instanceIds = fleet(this, name, foundation, "redis", []);
    this.publish({
      kind: redis.kind,
      members: hosts.filter((host) => host.role === "redis").map(({ name: host, zone }) => ({ host, zone })),
      instances: redis.instances.map((instance) => ({ ...instance })),
      sentinel: { ...redis.sentinel },
      minReplicasToWrite: redis.minReplicasToWrite,
      minReplicasMaxLagSeconds: redis.minReplicasMaxLagSeconds,
      etcd: { ...etcd },
    });
  }
}
