import * as autoscaling from "@pulumi/aws/autoscaling";
import * as pulumi from "@pulumi/pulumi";
import { autoScalingName, backlogMetric, drainHook, machineLife } from "../../blueprint/managed/autoScaling";
import type { Group } from "../../blueprint/types";
import { Component } from "../component";
import type { ManagedFoundation } from "./foundation";
import type { Profile } from "./profile";
import { launchTemplate, machineTags } from "./template";

export interface MachineGroupArgs {
  foundation: ManagedFoundation;
  group: Group;
  userData: string;
  profile: Profile;
  targetGroupArns: pulumi.Input<string>[];
  /** What must be there when a machine boots. */
  after: pulumi.Resource[];
}

/** Machines of one kind over all zones. One that is not well is replaced; one that is to go ends its work first; a new template reaches them one after the other. */
export class MachineGroup extends Component {
  public readonly arn: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: MachineGroupArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:host:MachineGroup", name, opts);
    const { foundation, group, userData, profile, targetGroupArns, after } = args;
    const { blueprint, vpc, securityGroups, keyArn } = foundation;
    const { zones } = blueprint.network;
    const template = launchTemplate(
      name,
      { blueprint, machine: group, userData, instanceProfileName: profile.instanceProfileName, keyArn, securityGroupIds: [securityGroups.of(group.role)] },
      this,
    );
    const tags = { ...machineTags(blueprint, group), "ha:stack": blueprint.stack, "ha:level": String(blueprint.level) };
    const made = new autoscaling.Group(
      `${name}-group`,
      {
        name: autoScalingName(blueprint, group),
        minSize: group.minimum,
        maxSize: group.maximum,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        vpcZoneIdentifiers: zones.map((zone) => vpc.subnetId(group.tier, zone.name)),
        targetGroupArns,
        // A machine whose processes do not answer is as lost as one whose hardware failed.
        healthCheckType: targetGroupArns.length > 0 ? "ELB" : "EC2",
        healthCheckGracePeriod: machineLife.graceSeconds,
        defaultInstanceWarmup: machineLife.warmupSeconds,
        maxInstanceLifetime: machineLife.longestSeconds,
        // A new machine serves before an old one goes.
        instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
        instanceRefresh: {
          strategy: "Rolling",
          preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150, instanceWarmup: String(machineLife.warmupSeconds), skipMatching: true },
        },
        initialLifecycleHooks: [
          {
            name: drainHook,
            lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
            heartbeatTimeout: group.drainSeconds + machineLife.drainMarginSeconds,
            defaultResult: "CONTINUE",
          },
        ],
        enabledMetrics: ["GroupInServiceInstances", "GroupDesiredCapacity"],
        tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      },
      {
        parent: this,
        dependsOn: [...zones.flatMap((zone) => vpc.wayOut(group.tier, zone.name)), securityGroups.egressOf(group.role), profile.policy, ...after],
      },
    );
    this.arn = made.arn;
    if (group.scaling !== null) this.scale(made, group.scaling);
    this.publish({
      group: group.name,
      role: group.role,
      zones: zones.map((zone) => zone.name),
      minimum: group.minimum,
      maximum: group.maximum,
      instanceType: group.instanceType,
      drainSeconds: group.drainSeconds,
      scaling: group.scaling,
    });
  }

  private scale(made: autoscaling.Group, { cpuPercent, backlogPerMachine }: NonNullable<Group["scaling"]>): void {
    const common = { autoscalingGroupName: made.name, policyType: "TargetTrackingScaling", estimatedInstanceWarmup: machineLife.warmupSeconds };
    new autoscaling.Policy(
      `${this.name}-cpu`,
      {
        ...common,
        name: "cpu",
        targetTrackingConfiguration: { predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" }, targetValue: cpuPercent },
      },
      { parent: this },
    );
    if (backlogPerMachine === null) return;
    const { namespace, metric, dimension } = backlogMetric(this.args.foundation.blueprint);
    new autoscaling.Policy(
      `${this.name}-backlog`,
      {
        ...common,
        name: "backlog",
        targetTrackingConfiguration: {
          targetValue: backlogPerMachine,
          customizedMetricSpecification: {
            metrics: [
              {
                id: "backlog",
                returnData: false,
                metricStat: { metric: { namespace, metricName: metric, dimensions: [{ name: dimension.Name, value: dimension.Value }] }, stat: "Average" },
              },
              {
                id: "machines",
                returnData: false,
                metricStat: {
                  metric: {
                    namespace: "AWS/AutoScaling",
                    metricName: "GroupInServiceInstances",
                    dimensions: [{ name: "AutoScalingGroupName", value: made.name }],
                  },
                  stat: "Average",
                },
              },
              { id: "each", expression: "backlog / machines", label: "jobs for each machine", returnData: true },
            ],
          },
        },
      },
      { parent: this },
    );
  }
}
