import assert from "node:assert/strict";
import { difference } from "../../../lab/cloud/difference";
import { inputsFrom } from "../../../lab/cloud/projection";
import { mustText, type Properties } from "../../../lab/cloud/properties";
import type { Made } from "../../../lab/cloud/package";
import { Account, modelOf, network } from "./account";

/** Type tokens of RDS, for its tests. */
export const INSTANCE = "aws:rds/instance:Instance";
export const CLUSTER = "aws:rds/cluster:Cluster";
export const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
export const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
export const SUBNETS = "aws:rds/subnetGroup:SubnetGroup";
export const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
export const CLUSTER_PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/** An account with a network of two zones and a DB subnet group `data` over it. */
export function databases() {
  const account = new Account();
  const made = network(account);
  const group = account.make(SUBNETS, { name: "data", subnetIds: [made.subnetA.id, made.subnetB.id] });
  return { account, ...made, group };
}

/** The same with a third zone. */
export function threeZones() {
  const all = databases();
  const subnetC = all.account.make("aws:ec2/subnet:Subnet", { vpcId: all.vpc.id, cidrBlock: "10.0.3.0/24", availabilityZone: "us-east-1c" });
  const wide = all.account.make(SUBNETS, { name: "wide", subnetIds: [all.subnetA.id, all.subnetB.id, subnetC.id] });
  return { ...all, subnetC, wide };
}

/** Inputs of an instance that is accepted, some of them replaced. */
export const server = (other: Properties = {}): Properties => ({
  identifier: "store",
  engine: "postgres",
  engineVersion: "17.7",
  instanceClass: "db.m7g.large",
  allocatedStorage: 100,
  storageType: "gp3",
  username: "app",
  password: "long-enough",
  dbSubnetGroupName: "data",
  skipFinalSnapshot: true,
  ...other,
});

/** Inputs of an Aurora cluster that is accepted. */
export const aurora = (other: Properties = {}): Properties => ({
  clusterIdentifier: "store",
  engine: "aurora-postgresql",
  engineVersion: "17.7",
  masterUsername: "app",
  masterPassword: "long-enough",
  dbSubnetGroupName: "data",
  skipFinalSnapshot: true,
  ...other,
});

/** Inputs of an instance of that cluster. */
export const member = (other: Properties = {}): Properties => ({
  identifier: "store-1",
  clusterIdentifier: "store",
  engine: "aurora-postgresql",
  instanceClass: "db.r7g.large",
  ...other,
});

/** Inputs of a Multi-AZ DB cluster that is accepted. */
export const threeNodes = (other: Properties = {}): Properties => ({
  ...aurora({ engine: "postgres", dbSubnetGroupName: "wide" }),
  dbClusterInstanceClass: "db.m6gd.large",
  allocatedStorage: 100,
  storageType: "gp3",
  ...other,
});

/** ARN of a role that a service may take on. */
export function roleOf(account: Account, name: string, service: string): string {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });
  return mustText(account.make("aws:iam/role:Role", { name, assumeRolePolicy }).properties, "arn");
}

/** What the cloud has now of something made before. */
export function now(account: Account, type: string, made: Made): Properties {
  return account.record.get(type, mustText(made.properties, "region"), made.id)?.properties ?? {};
}

/** Asserts that a refresh right after the create finds no drift. */
export function unchangedByRefresh(account: Account, type: string, made: Made, given: Properties): void {
  const model = modelOf(type);
  const inputs = account.checked(type, given);
  assert.deepEqual(difference(model, inputsFrom(model, made.properties, inputs), inputs).changes, []);
}
