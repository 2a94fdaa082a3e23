import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import type { Database, ManagedDatabaseArgs } from "./index";
import { parameters, surroundings } from "./surroundings";

/** RDS PostgreSQL over zones: an instance with a standby, or a cluster of a writer and two readers. */
export class Rds extends Component implements Database {
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  public readonly endpoints: Record<string, pulumi.Output<string>>;
  public readonly global = null;
  /** Of an instance: what another database may follow. */
  public instanceArn: pulumi.Output<string> | null = null;

  public constructor(
    private readonly name: string,
    private readonly foundation: ManagedFoundation,
    private readonly args: ManagedDatabaseArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:database:Rds", name, opts);
    const { database } = args;
    this.endpoints = database.kind === "rdsCluster" ? this.cluster() : this.instance();
    this.publish({
      kind: database.kind,
      engine: database.engine,
      version: database.version,
      instanceClass: database.instanceClass,
      multiAz: true,
      backup: { ...database.backup },
      maxConnections: database.maxConnections,
      parameters: { ...database.parameters },
    });
  }

  private instance(): Record<string, pulumi.Output<string>> {
    const { blueprint, keyArn, securityGroups, secrets } = this.foundation;
    const { database, mayGo } = this.args;
    const deletionProtection = blueprint.deletionProtection && !mayGo;
    const around = surroundings(this.name, this.foundation, database, this);
    const group = new rds.ParameterGroup(
      `${this.name}-parameters`,
      { name: database.identifier, family: database.family, description: `parameters of ${database.identifier}`, parameters: parameters(database.parameters) },
      { parent: this },
    );
    const [first] = database.databases;
    const instance = new rds.Instance(
      `${this.name}-instance`,
      {
        identifier: database.identifier,
        engine: database.engine,
        engineVersion: database.version,
        instanceClass: database.instanceClass,
        allocatedStorage: database.storageGib,
        storageType: "gp3",
        storageEncrypted: true,
        kmsKeyId: keyArn,
        ...(first === undefined ? {} : { dbName: first.name, username: first.owner }),
        password: secrets.generated("database-owner", "DB_PASSWORD"),
        port: database.port,
        multiAz: true,
        publiclyAccessible: false,
        dbSubnetGroupName: around.subnetGroupName,
        vpcSecurityGroupIds: [securityGroups.of("database")],
        parameterGroupName: group.name,
        backupRetentionPeriod: database.backup.retentionDays,
        backupWindow: database.backup.window,
        maintenanceWindow: database.backup.maintenanceWindow,
        copyTagsToSnapshot: true,
        deletionProtection,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: around.finalSnapshot,
        deleteAutomatedBackups: false,
        monitoringRoleArn: around.monitoringRoleArn,
        ...around.watched,
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        autoMinorVersionUpgrade: false,
        applyImmediately: false,
        tags: { Name: database.identifier },
      },
      { parent: this, protect: deletionProtection },
    );
    this.instanceArn = instance.arn;
    return { writer: instance.address };
  }

  private cluster(): Record<string, pulumi.Output<string>> {
    const { blueprint, keyArn, securityGroups, secrets } = this.foundation;
    const { database, source } = this.args;
    const { network, deletionProtection } = blueprint;
    const around = surroundings(this.name, this.foundation, database, this);
    const group = new rds.ClusterParameterGroup(
      `${this.name}-parameters`,
      { name: database.identifier, family: database.family, description: `parameters of ${database.identifier}`, parameters: parameters(database.parameters) },
      { parent: this },
    );
    const [first] = database.databases;
    const cluster = new rds.Cluster(
      `${this.name}-cluster`,
      {
        clusterIdentifier: database.identifier,
        engine: database.engine,
        engineVersion: database.version,
        dbClusterInstanceClass: database.instanceClass,
        allocatedStorage: database.storageGib,
        storageType: "gp3",
        storageEncrypted: true,
        kmsKeyId: keyArn,
        availabilityZones: network.zones.slice(0, 3).map(({ name: zone }) => zone),
        // One that follows another has what that one has.
        ...(source !== null
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
        monitoringRoleArn: around.monitoringRoleArn,
        ...around.watched,
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        applyImmediately: false,
        tags: { Name: database.identifier },
      },
      { parent: this, protect: deletionProtection, ignoreChanges: ["databaseName", "masterUsername"] },
    );
    return { writer: cluster.endpoint, reader: cluster.readerEndpoint };
  }
}
