import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import type { Database, ManagedDatabaseArgs } from "./index";
import { clusterArgs, databaseFacts, parameters, surroundings } from "./surroundings";

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
    this.publish({ ...databaseFacts(database), multiAz: true });
  }

  private instance(): Record<string, pulumi.Output<string>> {
    const { database } = this.args;
    const around = surroundings(this.name, this.foundation, this.args, this);
    const group = new rds.ParameterGroup(
      `${this.name}-parameters`,
      { name: database.identifier, family: database.family, description: `parameters of ${database.identifier}`, parameters: parameters(database.parameters) },
      { parent: this },
    );
    const [first] = database.databases;
    const instance = new rds.Instance(
      `${this.name}-instance`,
      {
        ...around.kept,
        ...around.watched,
        identifier: database.identifier,
        instanceClass: database.instanceClass,
        allocatedStorage: database.storageGib,
        storageType: "gp3",
        ...(first === undefined ? {} : { dbName: first.name, username: first.owner }),
        password: this.foundation.secrets.generated("database-owner", "DB_PASSWORD"),
        multiAz: true,
        publiclyAccessible: false,
        parameterGroupName: group.name,
        backupWindow: database.backup.window,
        maintenanceWindow: database.backup.maintenanceWindow,
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        autoMinorVersionUpgrade: false,
      },
      { parent: this, protect: around.kept.deletionProtection },
    );
    this.instanceArn = instance.arn;
    return { writer: instance.address };
  }

  private cluster(): Record<string, pulumi.Output<string>> {
    const { database } = this.args;
    const around = surroundings(this.name, this.foundation, this.args, this);
    const group = new rds.ClusterParameterGroup(
      `${this.name}-parameters`,
      { name: database.identifier, family: database.family, description: `parameters of ${database.identifier}`, parameters: parameters(database.parameters) },
      { parent: this },
    );
    const cluster = new rds.Cluster(
      `${this.name}-cluster`,
      {
        ...around.kept,
        ...around.watched,
        ...clusterArgs(this.foundation, this.args),
        dbClusterInstanceClass: database.instanceClass,
        allocatedStorage: database.storageGib,
        storageType: "gp3",
        availabilityZones: this.foundation.blueprint.network.zones.slice(0, 3).map(({ name: zone }) => zone),
        dbClusterParameterGroupName: group.name,
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      },
      { parent: this, protect: around.kept.deletionProtection, ignoreChanges: ["databaseName", "masterUsername"] },
    );
    return { writer: cluster.endpoint, reader: cluster.readerEndpoint };
  }
}
