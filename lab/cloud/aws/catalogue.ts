import { group } from "./autoscaling/groups";
import { lifecycleHook } from "./autoscaling/lifecycleHooks";
import { policy } from "./autoscaling/policies";
import { metricAlarm } from "./alarms";
import { record } from "./dnsRecords";
import * as ebs from "./ebs";
import * as cacheGroups from "./elasticache/groups";
import { replicationGroup } from "./elasticache/replicationGroup";
import { vpcEndpoint } from "./endpoints";
import { flowLog } from "./flowLogs";
import * as gateways from "./gateways";
import * as accelerators from "./globalAccelerator";
import { healthCheck } from "./healthChecks";
import * as iam from "./iam";
import * as instances from "./instances";
import * as kms from "./kms";
import { lambdaFunction } from "./lambda";
import { launchTemplate } from "./launchTemplates";
import { listenerRule } from "./listenerRules";
import { listener } from "./listeners";
import { loadBalancer } from "./loadBalancers";
import { logGroup } from "./logs";
import type { AwsModel } from "./model";
import * as peering from "./peering";
import { plan } from "./regionSwitch";
import { replicaKey } from "./replicaKeys";
import { cluster } from "./rds/cluster";
import { clusterInstance } from "./rds/clusterInstance";
import { globalCluster } from "./rds/globalCluster";
import * as databaseGroups from "./rds/groups";
import { instance as databaseInstance } from "./rds/instance";
import * as routes from "./routes";
import * as s3 from "./s3";
import { bucketObject } from "./s3Objects";
import { replication } from "./s3Replication";
import * as secretsmanager from "./secretsmanager";
import * as securityGroups from "./securityGroups";
import * as sns from "./sns";
import { parameter } from "./ssm";
import * as targets from "./targets";
import * as vpc from "./vpc";
import { zone } from "./zones";

const all: AwsModel[] = [
  ...[vpc.vpc, vpc.subnet, vpc.subnetReservation],
  ...[gateways.internetGateway, gateways.natGateway, gateways.eip, gateways.eipAssociation],
  ...[routes.routeTable, routes.route, routes.routeTableAssociation, vpcEndpoint, flowLog],
  ...[securityGroups.securityGroup, securityGroups.defaultSecurityGroup, securityGroups.ingressRule, securityGroups.egressRule],
  ...[launchTemplate, instances.instance, instances.placementGroup, ebs.volume, ebs.volumeAttachment],
  ...[kms.key, kms.alias, replicaKey, secretsmanager.secret, secretsmanager.secretVersion],
  ...[iam.role, iam.rolePolicy, iam.policy, iam.rolePolicyAttachment, iam.instanceProfile],
  ...[s3.bucket, ...s3.bucketSettings, replication, bucketObject, logGroup],
  ...[loadBalancer, targets.targetGroup, targets.targetGroupAttachment, listener, listenerRule],
  ...[group, policy, lifecycleHook],
  ...[zone, record, healthCheck, metricAlarm, sns.topic, sns.topicSubscription],
  ...[peering.peeringConnection, peering.peeringAccepter, plan, parameter, lambdaFunction],
  ...[accelerators.accelerator, accelerators.listener, accelerators.endpointGroup],
  ...[databaseGroups.subnetGroup, databaseGroups.parameterGroup, databaseGroups.clusterParameterGroup],
  ...[databaseInstance, cluster, clusterInstance, globalCluster],
  ...[cacheGroups.cacheSubnetGroup, cacheGroups.cacheParameterGroup, replicationGroup],
];

/** Every modelled type of the aws provider, by its token. */
export const models: ReadonlyMap<string, AwsModel> = new Map(all.map((model) => [model.type, model]));
