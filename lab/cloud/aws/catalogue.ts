import { group } from "./autoscaling/groups";
import { lifecycleHook } from "./autoscaling/lifecycleHooks";
import { policy } from "./autoscaling/policies";
import * as ebs from "./ebs";
import { vpcEndpoint } from "./endpoints";
import { flowLog } from "./flowLogs";
import * as gateways from "./gateways";
import * as iam from "./iam";
import * as instances from "./instances";
import * as kms from "./kms";
import { launchTemplate } from "./launchTemplates";
import { listenerRule } from "./listenerRules";
import { listener } from "./listeners";
import { loadBalancer } from "./loadBalancers";
import { logGroup } from "./logs";
import type { AwsModel } from "./model";
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
  ...[loadBalancer, targets.targetGroup, targets.targetGroupAttachment, listener, listenerRule],
  ...[group, policy, lifecycleHook],
];

/** Every modelled type of the aws provider, by its token. */
export const models: ReadonlyMap<string, AwsModel> = new Map(all.map((model) => [model.type, model]));
