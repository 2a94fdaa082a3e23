import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../../blueprint/types";
import { Component } from "../component";
import { permits, rolePolicy, type Grant } from "../grant";
import { assumableBy } from "../policy-document";

export interface FlowLogsArgs {
  blueprint: Blueprint;
  vpcId: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
}

/** Who talked to whom, accepted and refused, kept for the blueprint's days. */
export class FlowLogs extends Component {
  public constructor(name: string, args: FlowLogsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:network:FlowLogs", name, opts);
    const { network, names } = args.blueprint;
    const group = new cloudwatch.LogGroup(
      `${name}-group`,
      { name: `/${names.prefix}/flow-logs`, retentionInDays: network.flowLogRetentionDays, kmsKeyId: args.keyArn },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-role`,
      { name: `${names.prefix}-flow-logs`, assumeRolePolicy: assumableBy("vpc-flow-logs.amazonaws.com") },
      { parent: this },
    );
    const grants: Grant[] = [
      { actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], resources: group.arn.apply((arn) => [`${arn}:*`]) },
      { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    ];
    new iam.RolePolicy(`${name}-policy`, { role: role.id, policy: rolePolicy(grants) }, { parent: this });
    new ec2.FlowLog(
      `${name}-log`,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: `${names.prefix}-flow-logs` },
      },
      { parent: this },
    );
    this.publish({ retentionDays: network.flowLogRetentionDays, permits: permits(grants) });
  }
}
