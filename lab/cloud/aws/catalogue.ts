import * as ebs from "./ebs";
import * as cacheGroups from "./elasticache/groups";
import { replicationGroup } from "./elasticache/replicationGroup";
import { vpcEndpoint } from "./endpoints";
import { flowLog } from "./flowLogs";
import * as gateways from "./gateways";
import * as iam from "./iam";
import * as instances from "./instances";
import * as kms from "./kms";
import { launchTemplate } from "./launchTemplates";
import { loadBalancer } from "./loadBalancers";
import { logGroup } from "./logs";
import type { AwsModel } from "./model";
import { cluster } from "./rds/cluster";
import { clusterInstance } from "./rds/clusterInstance";
import { globalCluster } from "./rds/globalCluster";
import * as databaseGroups from "./rds/groups";
import { instance as databaseInstance } from "./rds/instance";
import * as routes from "./routes";
import * as s3 from "./s3";
import * as secretsmanager from "./secretsmanager";
import * as securityGroups from "./securityGroups";
import * as targets from "./targets";
import * as vpc from "./vpc";

const all: AwsModel[] = [
  ...[vpc.vpc, vpc.subnet, vpc.subnetReservation],
  ...[gateways.internetGateway, gateways.natGateway, gateways.eip, gateways.eipAssociation],
  ...[routes.routeTable, routes.route, routes.routeTableAssociation, vpcEndpoint, flowLog],
  ...[securityGroups.securityGroup, securityGroups.defaultSecurityGroup, securityGroups.ingressRule, securityGroups.egressRule],
  ...[launchTemplate, instances.instance, instances.placementGroup, ebs.volume, ebs.volumeAttachment],
  ...[kms.key, kms.alias, secretsmanager.secret, secretsmanager.secretVersion],
  ...[iam.role, iam.rolePolicy, iam.policy, iam.rolePolicyAttachment, iam.instanceProfile],
  ...[s3.bucket, ...s3.bucketSettings, logGroup],
  ...[loadBalancer, targets.targetGroup, targets.listener, targets.targetGroupAttachment],
  ...[databaseGroups.subnetGroup, databaseGroups.parameterGroup, databaseGroups.clusterParameterGroup],
  ...[databaseInstance, cluster, clusterInstance, globalCluster],
  ...[cacheGroups.cacheSubnetGroup, cacheGroups.cacheParameterGroup, replicationGroup],
];

/** Every modelled type of the aws provider, by its token. */
export const models: ReadonlyMap<string, AwsModel> = new Map(all.map((model) => [model.type, model]));
