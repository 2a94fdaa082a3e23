import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import type { Database } from "./index";
import { parameters, surroundings } from "./surroundings";

/** RDS PostgreSQL over zones: an instance with a standby, or a cluster of a writer and two readers. */
export class Rds extends Component implements Database {
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  public readonly endpoints: Record<string, pulumi.Output<string>>;
  public readonly global = null;

  public constructor(
    private readonly name: string,
    private readonly foundation: ManagedFoundation,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:database:Rds", name, opts);
    const { blueprint, internalZone } = foundation;
    const { database } = blueprint;
    this.endpoints = database.kind === "rdsCluster" ? this.cluster() : this.instance();
    if (this.endpoints["writer"] !== undefined) internalZone.point("postgres", database.writerName, this.endpoints["writer"], this);
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
    const { database, names, deletionProtection } = blueprint;
    const around = surroundings(this.name, this.foundation, this);
    const group = new rds.ParameterGroup(
      `${this.name}-parameters`,
      { name: names.prefix, family: database.family, description: `parameters of ${names.prefix}`, parameters: parameters(database.parameters) },
      { parent: this },
    );
    const [first] = database.databases;
    const instance = new rds.Instance(
      `${this.name}-instance`,
      {
        identifier: names.prefix,
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
        tags: { Name: names.prefix },
      },
      { parent: this, protect: deletionProtection },
    );
    return { writer: instance.address };
  }

  private cluster(): Record<string, pulumi.Output<string>> {
    const { blueprint, keyArn, securityGroups, secrets } = this.foundation;
    const { database, names, network, deletionProtection } = blueprint;
    const around = surroundings(this.name, this.foundation, this);
    const group = new rds.ClusterParameterGroup(
      `${this.name}-parameters`,
      { name: names.prefix, family: database.family, description: `parameters of ${names.prefix}`, parameters: parameters(database.parameters) },
      { parent: this },
    );
    const [first] = database.databases;
    const cluster = new rds.Cluster(
      `${this.name}-cluster`,
      {
        clusterIdentifier: names.prefix,
        engine: database.engine,
        engineVersion: database.version,
        dbClusterInstanceClass: database.instanceClass,
        allocatedStorage: database.storageGib,
        storageType: "gp3",
        storageEncrypted: true,
        kmsKeyId: keyArn,
        availabilityZones: network.zones.slice(0, 3).map(({ name: zone }) => zone),
        ...(first === undefined ? {} : { databaseName: first.name, masterUsername: first.owner }),
        masterPassword: secrets.generated("database-owner", "DB_PASSWORD"),
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
        tags: { Name: names.prefix },
      },
      { parent: this, protect: deletionProtection },
    );
    return { writer: cluster.endpoint, reader: cluster.readerEndpoint };
  }
}
