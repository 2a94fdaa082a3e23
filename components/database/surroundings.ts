import * as iam from "@pulumi/aws/iam";
import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ManagedDatabase } from "../../blueprint/types";
import type { Facts } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import { assumableBy } from "../policy-document";
import type { ManagedDatabaseArgs } from "./index";

/** What every managed database stands in, and what is set of each in the same words. */
export interface Surroundings {
  /** How it is placed, encrypted, reached and kept. */
  kept: ReturnType<typeof keptAs>;
  /** What an instance's metrics are, and who may write them. */
  watched: {
    monitoringRoleArn: pulumi.Output<string>;
    monitoringInterval: number;
    performanceInsightsEnabled: boolean;
    performanceInsightsKmsKeyId: pulumi.Output<string>;
    performanceInsightsRetentionPeriod: number;
  };
}

/** Makes the surroundings as children of `parent`. */
export function surroundings(
  name: string,
  foundation: ManagedFoundation,
  { database, mayGo }: Pick<ManagedDatabaseArgs, "database" | "mayGo">,
  parent: pulumi.Resource,
): Surroundings {
  const { blueprint, vpc, keyArn } = foundation;
  const { network } = blueprint;
  const subnets = new rds.SubnetGroup(
    `${name}-subnets`,
    {
      name: database.identifier,
      description: `data subnets of ${database.identifier}`,
      subnetIds: network.zones.map((zone) => vpc.subnetId("data", zone.name)),
    },
    { parent },
  );
  const role = new iam.Role(
    `${name}-monitoring`,
    { name: `${database.identifier}-monitoring`, assumeRolePolicy: assumableBy("monitoring.rds.amazonaws.com") },
    { parent },
  );
  const policy = new iam.RolePolicyAttachment(
    `${name}-monitoring-policy`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    { parent },
  );
  const final = new random.RandomUuid(`${name}-final`, {}, { parent });
  return {
    kept: keptAs(foundation, database, {
      subnetGroupName: subnets.name,
      finalSnapshot: final.result.apply((uuid) => `${database.identifier}-final-${uuid}`),
      deletionProtection: blueprint.deletionProtection && !mayGo,
    }),
    watched: {
      // RDS tries the role when an instance is made, so its permission comes first.
      monitoringRoleArn: pulumi.all([role.arn, policy.id]).apply(([arn]) => arn),
      monitoringInterval: database.monitoring.intervalSeconds,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      performanceInsightsRetentionPeriod: database.monitoring.insightsDays,
    },
  };
}

/** `finalSnapshot`: what outlives the database, under a name that no earlier one has. */
function keptAs(
  { keyArn, securityGroups }: ManagedFoundation,
  database: ManagedDatabase,
  {
    subnetGroupName,
    finalSnapshot,
    deletionProtection,
  }: { subnetGroupName: pulumi.Output<string>; finalSnapshot: pulumi.Output<string>; deletionProtection: boolean },
) {
  return {
    engine: database.engine,
    engineVersion: database.version,
    storageEncrypted: true,
    kmsKeyId: keyArn,
    port: database.port,
    dbSubnetGroupName: subnetGroupName,
    vpcSecurityGroupIds: [securityGroups.of("database")],
    backupRetentionPeriod: database.backup.retentionDays,
    copyTagsToSnapshot: true,
    deletionProtection,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: finalSnapshot,
    deleteAutomatedBackups: false,
    applyImmediately: false,
    tags: { Name: database.identifier },
  };
}

/** What a cluster has besides, of RDS or of Aurora. One that follows another, in a second region or while data moves, has its databases, users and passwords. */
export function clusterArgs({ secrets, globalDatabase }: ManagedFoundation, { database, source }: Pick<ManagedDatabaseArgs, "database" | "source">) {
  const [first] = database.databases;
  const own = {
    ...(first === undefined ? {} : { databaseName: first.name, masterUsername: first.owner }),
    masterPassword: secrets.generated("database-owner", "DB_PASSWORD"),
  };
  const origin = globalDatabase !== null ? { globalClusterIdentifier: globalDatabase } : source !== null ? { replicationSourceIdentifier: source } : own;
  return {
    clusterIdentifier: database.identifier,
    ...origin,
    preferredBackupWindow: database.backup.window,
    preferredMaintenanceWindow: database.backup.maintenanceWindow,
  };
}

/** What a policy may judge of each. */
export function databaseFacts({ kind, engine, version, instanceClass, backup, maxConnections, parameters: wanted }: ManagedDatabase): Facts {
  return { kind, engine, version, instanceClass, backup: { ...backup }, maxConnections, parameters: { ...wanted } };
}

/** Parameters as a group takes them. Those that need a restart wait for one. */
export function parameters(wanted: Readonly<Record<string, string>>): { name: string; value: string; applyMethod: string }[] {
  return Object.entries(wanted).map(([name, value]) => ({ name, value, applyMethod: name === "max_connections" ? "pending-reboot" : "immediate" }));
}
