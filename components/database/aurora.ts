import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import type { Database, GlobalDatabase, ManagedDatabaseArgs } from "./index";
import { parameters, surroundings } from "./surroundings";

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
    { database, source }: ManagedDatabaseArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:database:Aurora", name, opts);
    const { blueprint, keyArn, securityGroups, secrets, globalDatabase } = foundation;
    const { deletionProtection } = blueprint;
    const around = surroundings(name, foundation, database, this);
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
    const [first] = database.databases;
    const cluster = new rds.Cluster(
      `${name}-cluster`,
      {
        clusterIdentifier: database.identifier,
        engine: database.engine,
        engineVersion: database.version,
        storageEncrypted: true,
        kmsKeyId: keyArn,
        // One that follows another, in a second region or while data moves, has its databases, users and passwords.
        ...(globalDatabase !== null
          ? { globalClusterIdentifier: globalDatabase }
          : source !== null
            ? { replicationSourceIdentifier: source }
            : {
                ...(first === undefined ? {} : { databaseName: first.name, masterUsername: first.owner }),
                masterPassword: secrets.generated("database-owner", "DB_PASSWORD"),
              }),
        port: database.port,
        dbSubnetGroupName: around.subnetGroupName,
        vpcSecurityGroupIds: [securityGroups.of("database")],
        dbClusterParameterGroupName: group.name,
        backupRetentionPeriod: database.backup.retentionDays,
        preferredBackupWindow: database.backup.window,
        preferredMaintenanceWindow: database.backup.maintenanceWindow,
        copyTagsToSnapshot: true,
        deletionProtection,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: around.finalSnapshot,
        deleteAutomatedBackups: false,
        enabledCloudwatchLogsExports: ["postgresql"],
        applyImmediately: false,
        tags: { Name: database.identifier },
      },
      // RDS itself says of a cluster that it has become part of a global one, and which it follows.
      {
        parent: this,
        protect: deletionProtection,
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
          monitoringRoleArn: around.monitoringRoleArn,
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
    this.publish({
      kind: database.kind,
      engine: database.engine,
      version: database.version,
      instanceClass: database.instanceClass,
      members: database.members.map((member) => ({ ...member })),
      backup: { ...database.backup },
      maxConnections: database.maxConnections,
      parameters: { ...database.parameters },
    });
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
