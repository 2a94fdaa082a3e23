import * as pulumi from "@pulumi/pulumi";
import { autoScalingName, backlogMetric, hasBacklog } from "../../blueprint/managed/autoScaling";
import type { Group, HostRole } from "../../blueprint/types";
import { Component } from "../component";
import type { Edge } from "../edge";
import { sayMetrics, type Grant } from "../grant";
import { renderedOf, type ManagedFoundation } from "../host/foundation";
import { MachineGroup } from "../host/group";
import { Profile } from "../host/profile";
import type { App } from "./index";
import { Programs } from "./programs";

export interface GroupedAppArgs {
  /** What a machine may do with the object stores. */
  objects: Grant[];
  front: Edge;
}

/** The application's processes on two groups of machines, each machine with the data proxy on loopback. */
export class GroupedApp extends Component implements App {
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  public readonly groupArns = new Map<HostRole, pulumi.Output<string>>();

  public constructor(
    name: string,
    private readonly foundation: ManagedFoundation,
    { objects, front }: GroupedAppArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:app:GroupedApp", name, opts);
    const { blueprint, secrets, keyArn } = foundation;
    const programs = new Programs(`${name}-programs`, { blueprint }, { parent: this });
    for (const group of blueprint.groups) {
      if (group.role !== "api" && group.role !== "worker") throw new Error(`group ${group.name}: given role ${group.role}, needed api or worker`);
      const { plan, userData } = renderedOf(foundation, group.name);
      const extra = [...objects, ...this.statements(group)];
      const profile = new Profile(`${name}-${group.role}`, { blueprint, role: group.role, plans: [plan], secrets, keyArn, extra }, { parent: this });
      const made = new MachineGroup(
        `${name}-${group.name}`,
        { foundation, group, userData, profile, targetGroupArns: front.targetGroupArns[group.role], after: [programs.archive] },
        { parent: this },
      );
      this.groupArns.set(group.role, made.arn);
    }
    this.publish({
      groups: blueprint.groups.map(({ name: group, role, minimum, maximum, processes, scaling, drainSeconds }) => ({
        group,
        role,
        minimum,
        maximum,
        processes,
        scaling,
        drainSeconds,
        zones: blueprint.network.zones.map((zone) => zone.name),
      })),
      processes: blueprint.processes.map(({ name: process, role, placement, instances }) => ({ process, role, placement, instances })),
      proxy: { ...blueprint.proxy },
      singleton: { ...blueprint.singleton },
    });
  }

  /** What a machine of a group may say to AWS: that it has ended its work, and how much there is. */
  private statements(group: Group): Grant[] {
    const { blueprint, vpc } = this.foundation;
    const own: Grant = {
      actions: ["autoscaling:CompleteLifecycleAction"],
      resources: vpc.accountId.apply((account) => [
        `arn:aws:autoscaling:${blueprint.region}:${account}:autoScalingGroup:*:autoScalingGroupName/${autoScalingName(blueprint, group)}`,
      ]),
    };
    if (!hasBacklog(group)) return [own];
    return [own, sayMetrics(backlogMetric(blueprint))];
  }
}
