import * as arcregionswitch from "@pulumi/aws/arcregionswitch";
import * as iam from "@pulumi/aws/iam";
import type { input } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import { autoScalingName } from "../../blueprint/managed/autoScaling";
import { Component } from "../component";
import { permits } from "../grant";
import { assumableBy, policyDocument, type Statement } from "../policy-document";
import type { RegionsArgs, Side } from "./regions";

export interface RegionSwitchArgs extends RegionsArgs {
  /** Alarms that tell of the application's health during a switch. */
  alarmArns: pulumi.Output<string>[];
}

/** What a lost region takes at the most once somebody has said yes (audit A77). */
const objectiveMinutes = 15;
/** How long a plan waits for a person: it asks again in the next run. */
const approvalMinutes = 60;
const databaseMinutes = 10;
const groupMinutes = 20;

type Step = input.arcregionswitch.PlanWorkflowStep;

/** The plan by which either region takes over: somebody approves, the database moves, workers start. It runs from the region that is to take over. */
export class RegionSwitch extends Component {
  public constructor(name: string, { primary, standby, alarmArns }: RegionSwitchArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:regions:RegionSwitch", name, opts);
    const { names } = primary.blueprint;
    const sides = [primary, standby];
    const planName = `${names.prefix}-switch`.slice(0, 32);
    const approver = new iam.Role(
      `${name}-approver`,
      { name: `${names.prefix}-switch-approver`, assumeRolePolicy: primary.platform.accountId.apply((account) => assumableByAccount(account)) },
      { parent: this },
    );
    new iam.RolePolicy(
      `${name}-approver-policy`,
      {
        role: approver.id,
        policy: primary.platform.accountId.apply((account) => policyDocument(approverStatements(planName, account))),
      },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-role`,
      { name: `${names.prefix}-switch`, assumeRolePolicy: assumableBy("arc-region-switch.amazonaws.com") },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      `${name}-policy`,
      { role: role.id, policy: primary.platform.accountId.apply((account) => policyDocument(switchStatements(sides, account))) },
      { parent: this },
    );
    new arcregionswitch.Plan(
      `${name}-plan`,
      {
        name: planName,
        description: `moves ${names.prefix} to its other region, and back`,
        executionRole: role.arn,
        recoveryApproach: "activePassive",
        regions: sides.map(({ blueprint }) => blueprint.region),
        primaryRegion: primary.blueprint.region,
        recoveryTimeObjectiveMinutes: objectiveMinutes,
        associatedAlarms: alarmArns.map((arn, index) => ({
          mapBlockKey: `alarm-${String(index + 1)}`,
          alarmType: "applicationHealth",
          resourceIdentifier: arn,
        })),
        workflows: sides.map(({ blueprint }) => ({
          workflowTargetAction: "activate",
          workflowTargetRegion: blueprint.region,
          workflowDescription: `${blueprint.region} takes over`,
          steps: steps(sides, approver.arn),
        })),
      },
      { parent: this, dependsOn: [policy] },
    );
    this.publish({
      regions: sides.map(({ blueprint }) => blueprint.region),
      objectiveMinutes,
      approval: "manual",
      steps: ["approve", "database", "api", "workers"],
      // What may be done does not depend on the account, and on which resources does.
      permits: permits([...approverStatements(planName, ""), ...switchStatements(sides, "")]),
      trusts: ["arc-region-switch.amazonaws.com", "this account"],
    });
  }
}

/** The same steps in either direction: of each thing, ARC takes the one in the region that is activated. */
function steps(sides: readonly Side[], approvalRole: pulumi.Output<string>): Step[] {
  const [first] = sides;
  const global = first?.platform.globalDatabase;
  if (first === undefined || global === undefined || global === null) throw new Error("region switch: the stack has no database over both regions");
  const clusters = sides.map(({ platform }) => platform.globalDatabase?.clusterArn).filter((arn) => arn !== undefined);
  return [
    {
      name: "approve",
      description: "a person decides: an unplanned switch may lose the database's last seconds",
      executionBlockType: "ManualApproval",
      executionApprovalConfigs: [{ approvalRole, timeoutMinutes: approvalMinutes }],
    },
    {
      name: "database",
      description: "the other region's database becomes the writer: in good order when it can, and by force when the first region is gone",
      executionBlockType: "AuroraGlobalDatabase",
      globalAuroraConfigs: [
        {
          behavior: "switchoverOnly",
          globalClusterIdentifier: global.id,
          databaseClusterArns: clusters,
          timeoutMinutes: databaseMinutes,
          ungracefuls: [{ ungraceful: "failover" }],
        },
      ],
    },
    ...(["api", "worker"] as const).map((role): Step => ({
      name: role === "api" ? "api" : "workers",
      description: role === "api" ? "as many API hosts as the other region had" : "workers, which are fenced off until the database here takes writes",
      executionBlockType: "EC2AutoScaling",
      ec2AsgCapacityIncreaseConfigs: [
        {
          asgs: sides.map(({ platform }) => ({ arn: groupArn(platform.groupArns.get(role), role) })),
          targetPercent: 100,
          capacityMonitoringApproach: "sampledMaxInLast24Hours",
          timeoutMinutes: groupMinutes,
          ungraceful: { minimumSuccessPercentage: 50 },
        },
      ],
    })),
  ];
}

function groupArn(arn: pulumi.Output<string> | undefined, role: string): pulumi.Output<string> {
  if (arn === undefined) throw new Error(`region switch: a region has no group of ${role} machines`);
  return arn;
}

function switchStatements(sides: readonly Side[], account: string): Statement[] {
  const [first] = sides;
  const global = `arn:aws:rds::${account}:global-cluster:${first?.blueprint.database.global ?? ""}`;
  const clusters = sides.map(({ blueprint }) => `arn:aws:rds:${blueprint.region}:${account}:cluster:${blueprint.database.identifier}`);
  const groups = sides.flatMap(({ blueprint }) =>
    blueprint.groups.map(
      (group) => `arn:aws:autoscaling:${blueprint.region}:${account}:autoScalingGroup:*:autoScalingGroupName/${autoScalingName(blueprint, group)}`,
    ),
  );
  return [
    { actions: ["rds:FailoverGlobalCluster", "rds:SwitchoverGlobalCluster"], resources: [global, ...clusters] },
    { actions: ["autoscaling:UpdateAutoScalingGroup"], resources: groups },
    // Descriptions and metrics know no resources.
    {
      actions: [
        "rds:DescribeGlobalClusters",
        "rds:DescribeDBClusters",
        "autoscaling:DescribeAutoScalingGroups",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:DescribeAlarms",
      ],
      resources: ["*"],
    },
  ];
}

/** Of this plan only; that it is there, its account may see. */
function approverStatements(plan: string, account: string): Statement[] {
  return [
    {
      actions: ["arc-region-switch:ApprovePlanExecutionStep", "arc-region-switch:GetPlan*", "arc-region-switch:ListPlanExecution*"],
      resources: [`arn:aws:arc-region-switch::${account}:plan/${plan}:*`],
    },
    { actions: ["arc-region-switch:ListPlans"], resources: ["*"] },
  ];
}

function assumableByAccount(account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" }],
  });
}
