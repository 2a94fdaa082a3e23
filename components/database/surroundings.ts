import * as iam from "@pulumi/aws/iam";
import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ManagedDatabase } from "../../blueprint/types";
import type { ManagedFoundation } from "../host/foundation";
import { assumableBy } from "../policy-document";

/** What every managed database stands in: its subnets, its parameters, and who may write its metrics. */
export interface Surroundings {
  /** Of all zones. */
  subnetGroupName: pulumi.Output<string>;
  monitoringRoleArn: pulumi.Output<string>;
  /** Name of the snapshot that outlives the database: no earlier one of this name has it. */
  finalSnapshot: pulumi.Output<string>;
  /** Settings that an instance of each engine has in common with the others. */
  watched: {
    monitoringInterval: number;
    performanceInsightsEnabled: boolean;
    performanceInsightsKmsKeyId: pulumi.Output<string>;
    performanceInsightsRetentionPeriod: number;
  };
}

/** Makes the surroundings as children of `parent`. */
export function surroundings(name: string, { blueprint, vpc, keyArn }: ManagedFoundation, database: ManagedDatabase, parent: pulumi.Resource): Surroundings {
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
    finalSnapshot: final.result.apply((uuid) => `${database.identifier}-final-${uuid}`),
    subnetGroupName: subnets.name,
    // RDS tries the role when an instance is made, so its permission comes first.
    monitoringRoleArn: pulumi.all([role.arn, policy.id]).apply(([arn]) => arn),
    watched: {
      monitoringInterval: database.monitoring.intervalSeconds,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keyArn,
      performanceInsightsRetentionPeriod: database.monitoring.insightsDays,
    },
  };
}

/** Parameters as a group takes them. Those that need a restart wait for one. */
export function parameters(wanted: Readonly<Record<string, string>>): { name: string; value: string; applyMethod: string }[] {
  return Object.entries(wanted).map(([name, value]) => ({ name, value, applyMethod: name === "max_connections" ? "pending-reboot" : "immediate" }));
}
