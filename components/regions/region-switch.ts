import * as arcregionswitch from "@pulumi/aws/arcregionswitch";
import * as iam from "@pulumi/aws/iam";
import type { input } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import { regionSwitch } from "../../blueprint/regions";
import { Component } from "../component";
import { permits } from "../grant";
import { assumableBy, policyDocument, type Statement } from "../policy-document";
import type { RegionsArgs } from "./side";

export type Step = input.arcregionswitch.PlanWorkflowStep;

/** What a switch does, once somebody has approved it. */
export interface Switch {
  /** The same in either direction. */
  steps: Step[];
  /** What the plan's role needs for them. */
  statements: (account: string) => Statement[];
}

export interface RegionSwitchArgs extends RegionsArgs, Switch {
  /** Alarms that tell of the application's health during a switch. */
  alarmArns: pulumi.Output<string>[];
}

const { objectiveMinutes, approvalMinutes } = regionSwitch;

/** The plan by which either region takes over, once somebody has approved. It runs from the region that is to take over. */
export class RegionSwitch extends Component {
  public constructor(name: string, { primary, standby, alarmArns, steps, statements }: RegionSwitchArgs, opts: pulumi.ComponentResourceOptions) {
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
      { role: role.id, policy: primary.platform.accountId.apply((account) => policyDocument(statements(account))) },
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
          steps: [approval(approver.arn), ...steps],
        })),
      },
      { parent: this, dependsOn: [policy] },
    );
    this.publish({
      regions: sides.map(({ blueprint }) => blueprint.region),
      objectiveMinutes,
      approval: "manual",
      steps: ["approve", ...steps.map(({ name: step }) => step)],
      // What may be done does not depend on the account, and on which resources does.
      permits: permits([...approverStatements(planName, ""), ...statements("")]),
      trusts: ["arc-region-switch.amazonaws.com", "this account"],
    });
  }
}

function approval(approvalRole: pulumi.Output<string>): Step {
  return {
    name: "approve",
    description: "a person decides: an unplanned switch may lose the database's last seconds",
    executionBlockType: "ManualApproval",
    executionApprovalConfigs: [{ approvalRole, timeoutMinutes: approvalMinutes }],
  };
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
