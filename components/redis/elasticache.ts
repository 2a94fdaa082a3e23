import * as elasticache from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ManagedRedisInstance } from "../../blueprint/types";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import type { Redis } from "./index";

/** Cache and queues as two replication groups over the zones, each with a primary that ElastiCache replaces by a replica. */
export class ElastiCache extends Component implements Redis {
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  public readonly endpoints: Record<string, pulumi.Output<string>>;

  /** Part of the names of snapshots that outlive the Redis: no earlier ones have it. */
  private readonly final: random.RandomUuid;

  public constructor(
    private readonly name: string,
    private readonly foundation: ManagedFoundation,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:redis:ElastiCache", name, opts);
    const { blueprint, vpc, internalZone } = foundation;
    const { redis, names, network } = blueprint;
    const subnets = new elasticache.SubnetGroup(
      `${name}-subnets`,
      { name: names.prefix, description: `data subnets of ${names.prefix}`, subnetIds: network.zones.map((zone) => vpc.subnetId("data", zone.name)) },
      { parent: this },
    );
    this.final = new random.RandomUuid(`${name}-final`, {}, { parent: this });
    const groups = redis.instances.map((instance) => [instance, this.group(instance, subnets.name)] as const);
    this.endpoints = Object.fromEntries(groups.map(([{ name: which }, group]) => [which, group.primaryEndpointAddress]));
    for (const [{ name: which, primaryName }, group] of groups) internalZone.point(which, primaryName, group.primaryEndpointAddress);
    this.publish({
      kind: redis.kind,
      engine: redis.engine,
      version: redis.version,
      instances: redis.instances.map((instance) => ({ ...instance })),
      automaticFailover: true,
      multiAz: true,
      snapshot: { ...redis.snapshot },
    });
  }

  private group(instance: ManagedRedisInstance, subnetGroupName: pulumi.Input<string>): elasticache.ReplicationGroup {
    const { blueprint, keyArn, securityGroups, secrets } = this.foundation;
    const { redis, names, network, deletionProtection } = blueprint;
    const id = `${names.prefix}-${instance.name}`;
    const parameters = new elasticache.ParameterGroup(
      `${this.name}-${instance.name}-parameters`,
      { name: id, family: redis.family, description: `parameters of ${id}`, parameters: [{ name: "maxmemory-policy", value: instance.maxmemoryPolicy }] },
      { parent: this },
    );
    const zones = network.zones.map(({ name }) => name);
    return new elasticache.ReplicationGroup(
      `${this.name}-${instance.name}`,
      {
        replicationGroupId: id,
        description: `${instance.name} of ${names.prefix}`,
        engine: redis.engine,
        engineVersion: redis.version,
        nodeType: instance.nodeType,
        numCacheClusters: instance.nodes,
        preferredCacheClusterAzs: Array.from({ length: instance.nodes }, (_, index) => zones[index % zones.length] ?? ""),
        automaticFailoverEnabled: true,
        multiAzEnabled: true,
        parameterGroupName: parameters.name,
        subnetGroupName,
        securityGroupIds: [securityGroups.of("redis")],
        port: instance.port,
        atRestEncryptionEnabled: true,
        kmsKeyId: keyArn,
        // The data proxy speaks it: the application's clients of the queues know neither TLS nor a password.
        transitEncryptionEnabled: true,
        ...(instance.password ? { authToken: secrets.generated("redis-cache", "ELASTICACHE_PASSWORD"), authTokenUpdateStrategy: "SET" } : {}),
        snapshotRetentionLimit: redis.snapshot.retentionDays,
        snapshotWindow: redis.snapshot.window,
        maintenanceWindow: redis.snapshot.maintenanceWindow,
        finalSnapshotIdentifier: this.final.result.apply((uuid) => `${id}-final-${uuid}`),
        autoMinorVersionUpgrade: false,
        applyImmediately: false,
        tags: { Name: id },
      },
      { parent: this, protect: deletionProtection },
    );
  }
}
