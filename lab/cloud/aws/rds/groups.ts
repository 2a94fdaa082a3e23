import { matching, object, oneOf, set, text, type Shape } from "../../model";
import { mustText, objectsAt, textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { awsModel, type AwsModel } from "../model";
import { checkRegrouping, groupedSubnet, spanOf } from "../subnetGroups";
import * as types from "../types";
import { isGroupName } from "./names";
import { families, familyOf, type Engine } from "./versions";

/** Zones that a DB subnet group must span, even for a database of one zone (RDS user guide, "Working with DB subnet groups"). */
const LEAST_ZONES = 2;
const DESCRIPTION = "Managed by Pulumi";

/** Subnets for databases. */
export const subnetGroup = awsModel(
  {
    type: types.DB_SUBNET_GROUP,
    noun: "RDS DB Subnet Group",
    api: "RDS",
    calls: { create: "CreateDBSubnetGroup", update: "ModifyDBSubnetGroup", delete: "DeleteDBSubnetGroup" },
    scope: "region",
    naming: { property: "name", longest: 255 },
    inputs: {
      name: text({
        replaces: true,
        rule: matching(/^(?!default$)[a-z0-9 ._-]{1,255}$/, "expected 1 to 255 lower-case letters, digits, spaces and ._-, not default"),
      }),
      description: text({ default: DESCRIPTION }),
      subnetIds: set(text({ refers: groupedSubnet() }), { required: true }),
    },
    outputs: ["arn", "supportedNetworkTypes", "vpcId"],
    create: ({ inputs, cloud }) => {
      const name = mustText(inputs, "name");
      if (cloud.get(types.DB_SUBNET_GROUP, name) !== undefined)
        throw new Refusal("DBSubnetGroupAlreadyExists", `The DB subnet group '${name}' already exists.`);
      return {
        id: name,
        outputs: { arn: cloud.arn("rds", `subgrp:${name}`), supportedNetworkTypes: ["IPV4"], vpcId: covered(cloud, textsAt(inputs, "subnetIds"), LEAST_ZONES) },
      };
    },
    update: ({ inputs, cloud, resource }) => {
      covered(cloud, textsAt(inputs, "subnetIds"), LEAST_ZONES);
      checkRegrouping(cloud, resource.properties, inputs, usedZones(cloud, resource.id), "SubnetAlreadyInUse");
      return { outputs: {} };
    },
  },
  "tagged",
);

/** The VPC of these subnets, which must be in at least so many zones. */
export function covered(cloud: Cloud, subnetIds: string[], leastZones: number): string {
  const { vpcId, zones } = spanOf(cloud, subnetIds);
  if (zones.length >= leastZones) return vpcId;
  throw new Refusal(
    "DBSubnetGroupDoesNotCoverEnoughAZs",
    "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. " +
      `Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least ${String(leastZones)} AZs.`,
  );
}

function usedZones(cloud: Cloud, group: string): string[] {
  return [types.DB_INSTANCE, types.DB_CLUSTER, types.DB_CLUSTER_INSTANCE]
    .flatMap((type) => cloud.all(type))
    .filter((database) => database.properties["dbSubnetGroupName"] === group)
    .flatMap((database) => textsAt(database.internal, "zones"));
}

/**
 * Parameters that only a restart changes, so `immediate` (what the Pulumi provider fills in) is refused for them. Not all of
 * PostgreSQL's: the ones that programs set (PostgreSQL manual, context `postmaster`).
 */
const STATIC = new Set(
  (
    "autovacuum_freeze_max_age autovacuum_max_workers huge_pages max_connections max_locks_per_transaction max_prepared_transactions " +
    "max_replication_slots max_wal_senders max_worker_processes rds.logical_replication shared_buffers shared_preload_libraries " +
    "superuser_reserved_connections track_activity_query_size track_commit_timestamp wal_buffers"
  ).split(" "),
);

/** Parameters of a database instance. */
export const parameterGroup = parameterModel({
  type: types.DB_PARAMETER_GROUP,
  noun: "RDS DB Parameter Group",
  calls: { create: "CreateDBParameterGroup", update: "ModifyDBParameterGroup", delete: "DeleteDBParameterGroup" },
  arn: "pg",
});

/** Parameters of a database cluster. */
export const clusterParameterGroup = parameterModel({
  type: types.DB_CLUSTER_PARAMETER_GROUP,
  noun: "RDS Cluster Parameter Group",
  calls: { create: "CreateDBClusterParameterGroup", update: "ModifyDBClusterParameterGroup", delete: "DeleteDBClusterParameterGroup" },
  arn: "cluster-pg",
});

function parameterModel({ arn, ...named }: Pick<AwsModel, "type" | "noun" | "calls"> & { arn: string }): AwsModel {
  return awsModel(
    {
      ...named,
      api: "RDS",
      scope: "region",
      naming: { property: "name", longest: 255 },
      inputs: {
        name: text({ replaces: true, rule: isGroupName }),
        family: text({ required: true, replaces: true }),
        description: text({ default: DESCRIPTION, replaces: true }),
        parameters: set(parameter()),
      },
      outputs: ["arn"],
      create: ({ inputs, cloud }) => {
        const name = mustText(inputs, "name");
        if (cloud.get(named.type, name) !== undefined) throw new Refusal("DBParameterGroupAlreadyExists", `Parameter group ${name} already exists`);
        const family = mustText(inputs, "family");
        if (!families().includes(family)) throw new Refusal("InvalidParameterValue", `ParameterGroupFamily ${family} is not a valid parameter group family`);
        checkParameters(inputs);
        return { id: name, outputs: { arn: cloud.arn("rds", `${arn}:${name}`) } };
      },
      update: ({ inputs }) => {
        checkParameters(inputs);
        return { outputs: {} };
      },
    },
    "tagged",
  );
}

function parameter(): Shape {
  return object({ name: text({ required: true }), value: text({ required: true }), applyMethod: text({ rule: oneOf("immediate", "pending-reboot") }) });
}

function checkParameters(inputs: Properties): void {
  const seen = new Set<string>();
  for (const one of objectsAt(inputs, "parameters")) {
    const name = mustText(one, "name");
    if (seen.has(name)) throw new Refusal("InvalidParameterValue", `The parameter ${name} is given twice`);
    if (STATIC.has(name) && one["applyMethod"] !== "pending-reboot")
      throw new Refusal("InvalidParameterCombination", `cannot use immediate apply method for static parameter ${name}`);
    seen.add(name);
  }
}

/** Name of the parameter group that a database uses: the given one, whose family must fit, the one before, or the default one. */
export function fittingGroup(
  cloud: Cloud,
  type: string,
  given: { now: string | undefined; before: string | undefined },
  engine: Engine,
  version: string,
): string {
  const needed = familyOf(engine, version);
  const custom = given.before?.startsWith("default.") === true ? undefined : given.before;
  const name = given.now ?? custom ?? `default.${needed}`;
  const family = textAt(cloud.get(type, name)?.properties, "family") ?? name.replace(/^default\./, "");
  if (family === needed) return name;
  throw new Refusal(
    "InvalidParameterCombination",
    `The parameter group ${name} with DBParameterGroupFamily ${family} can't be used for this database. Please use a parameter group with DBParameterGroupFamily ${needed}`,
  );
}
