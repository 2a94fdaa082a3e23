import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint, Host as HostData, Volume } from "../../blueprint/types";
import { Component } from "../component";
import { launchTemplate, machineTags } from "./template";

export interface HostArgs {
  blueprint: Blueprint;
  host: HostData;
  /** Base64, as `userData` of `hosts/` renders it. */
  userData: string;
  subnetId: pulumi.Input<string>;
  securityGroupId: pulumi.Input<string>;
  instanceProfileName: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** What must be there when the host boots for the first time, since it installs its packages only then. */
  after: pulumi.Resource[];
}

/** One machine: a launch template that changes in place, an instance that takes it when it is replaced, and volumes that outlive it. */
export class Host extends Component {
  public readonly instanceId: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: HostArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:host:Host", name, opts);
    const { blueprint, host } = args;
    const template = launchTemplate(name, { ...args, machine: host }, this);
    const instance = new ec2.Instance(
      `${name}-instance`,
      {
        launchTemplate: { id: template.id, version: "$Latest" },
        subnetId: args.subnetId,
        privateIp: host.address,
        vpcSecurityGroupIds: [args.securityGroupId],
        // A machine whose hardware fails is started again on other hardware with the same address and volumes.
        maintenanceOptions: { autoRecovery: "default" },
        tags: machineTags(blueprint, host),
      },
      // The address can be held only once, so the old machine goes first.
      { parent: this, deleteBeforeReplace: true, dependsOn: args.after },
    );
    for (const volume of host.volumes) this.attach(volume, instance);
    this.instanceId = instance.id;
    this.publish({
      host: host.name,
      role: host.role,
      zone: host.zone,
      address: host.address,
      instanceType: host.instanceType,
      volumes: host.volumes.map(({ name: volume, sizeGib }) => ({ name: volume, sizeGib })),
    });
  }

  private attach(volume: Volume, instance: ec2.Instance): void {
    const { blueprint, host, keyArn } = this.args;
    const disk = new ebs.Volume(
      `${this.name}-${volume.name}`,
      {
        availabilityZone: host.zone,
        size: volume.sizeGib,
        type: "gp3",
        iops: volume.iops,
        throughput: volume.throughputMibps,
        encrypted: true,
        kmsKeyId: keyArn,
        tags: { Name: `${blueprint.names.prefix}-${host.name}-${volume.name}`, "ha:host": host.name, "ha:role": host.role },
      },
      { parent: this, protect: blueprint.deletionProtection },
    );
    new ec2.VolumeAttachment(
      `${this.name}-${volume.name}-attachment`,
      { instanceId: instance.id, volumeId: disk.id, deviceName: volume.device, stopInstanceBeforeDetaching: true },
      { parent: this, deleteBeforeReplace: true },
    );
  }
}
