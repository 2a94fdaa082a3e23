import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import type { Database, GlobalDatabase, ManagedDatabaseArgs } from "./index";
import { clusterArgs, databaseFacts, parameters, surroundings } from "./surroundings";

/** Parameters that Aurora takes for each instance; the others are the cluster's. */
const instanceParameters = ["max_connections", "log_min_duration_statement", "log_lock_waits"];

/** Aurora PostgreSQL: storage over three zones, and in each zone an instance, one of them the writer. */
export class Aurora extends Component implements Database {
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  public readonly endpoints: Record<string, pulumi.Output<string>>;
  public readonly global: GlobalDatabase | null;

  public constructor(
    private readonly name: string,
    private readonly foundation: ManagedFoundation,
    args: ManagedDatabaseArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:database:Aurora", name, opts);
    const { globalDatabase } = foundation;
    const { database } = args;
    const around = surroundings(name, foundation, args, this);
    const ofInstances = Object.fromEntries(Object.entries(database.parameters).filter(([key]) => instanceParameters.includes(key)));
    const ofCluster = Object.fromEntries(Object.entries(database.parameters).filter(([key]) => !instanceParameters.includes(key)));
    const group = new rds.ClusterParameterGroup(
      `${name}-parameters`,
      { name: database.identifier, family: database.family, description: `parameters of ${database.identifier}`, parameters: parameters(ofCluster) },
      { parent: this },
    );
    const instanceGroup = new rds.ParameterGroup(
      `${name}-instance-parameters`,
      { name: database.identifier, family: database.family, description: `instance parameters of ${database.identifier}`, parameters: parameters(ofInstances) },
      { parent: this },
    );
    const cluster = new rds.Cluster(
      `${name}-cluster`,
      { ...around.kept, ...clusterArgs(foundation, args), dbClusterParameterGroupName: group.name, enabledCloudwatchLogsExports: ["postgresql"] },
      // RDS itself says of a cluster that it has become part of a global one, and which it follows.
      {
        parent: this,
        protect: around.kept.deletionProtection,
        ignoreChanges: ["databaseName", "masterUsername", globalDatabase === null ? "globalClusterIdentifier" : "replicationSourceIdentifier"],
      },
    );
    // One after the other: the first to be there is the writer, and it is to be the first that the blueprint names.
    const instances = database.members.reduce<pulumi.Resource[]>((before, member, index) => {
      const instance = new rds.ClusterInstance(
        `${name}-${member.name}`,
        {
          identifier: `${database.identifier}-${member.name}`,
          clusterIdentifier: cluster.id,
          engine: "aurora-postgresql",
          engineVersion: database.version,
          instanceClass: database.instanceClass,
          availabilityZone: member.zone,
          // Any of them may become the writer, the first ones sooner.
          promotionTier: index,
          dbParameterGroupName: instanceGroup.name,
          publiclyAccessible: false,
          copyTagsToSnapshot: true,
          autoMinorVersionUpgrade: false,
          applyImmediately: false,
          ...around.watched,
          tags: { Name: `${database.identifier}-${member.name}` },
        },
        { parent: this, dependsOn: before },
      );
      return [instance];
    }, []);
    this.endpoints = { writer: cluster.endpoint, reader: cluster.readerEndpoint };
    this.global =
      database.global === null
        ? null
        : { clusterArn: cluster.arn, id: globalDatabase === null ? this.over(database.global, cluster, instances) : pulumi.output(globalDatabase) };
    this.publish({ ...databaseFacts(database), members: database.members.map((member) => ({ ...member })) });
  }

  /** The cluster becomes the primary of a global one in place. */
  private over(identifier: string, cluster: rds.Cluster, instances: pulumi.Resource[]): pulumi.Output<string> {
    const { deletionProtection } = this.foundation.blueprint;
    const made = new rds.GlobalCluster(
      `${this.name}-global`,
      // When it goes, its clusters stay what they are, each in its region.
      { globalClusterIdentifier: identifier, sourceDbClusterIdentifier: cluster.arn, forceDestroy: true, deletionProtection },
      { parent: this, dependsOn: instances, protect: deletionProtection },
    );
    return made.id;
  }
}
