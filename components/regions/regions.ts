import * as pulumi from "@pulumi/pulumi";
import type { ManagedBlueprint, SelfHostedBlueprint } from "../../blueprint/types";
import { Component } from "../component";
import { Accelerator } from "./accelerator";
import { LagAlarm } from "./lag-alarm";
import { managedSwitch } from "./managed-switch";
import { OwnLagAlarms } from "./own-lag-alarms";
import { ownSwitch } from "./own-switch";
import { Peering } from "./peering";
import { RegionSwitch } from "./region-switch";
import { Replication } from "./replication";
import type { RegionsArgs } from "./side";
import { TakeOver } from "./take-over";

/** What holds two regions together: S3's objects copied both ways, the way of clients, and the plan by which the second takes over. */
export class Regions extends Component {
  public constructor(
    private readonly name: string,
    args: RegionsArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:regions:Regions", name, opts);
    const { primary, standby } = args;
    // MinIO's sites copy by themselves, over the peering.
    if (primary.blueprint.objects.kind === "s3") {
      new Replication(`${name}-out`, { from: primary, to: standby }, { parent: this });
      new Replication(`${name}-back`, { from: standby, to: primary }, { parent: this });
    }
    if (areManaged(args)) this.managed(args);
    if (areOwn(args)) this.own(args);
    this.publish({
      primary: primary.blueprint.region,
      standby: standby.blueprint.region,
      traffic: primary.blueprint.edge.failover?.traffic,
      database: primary.blueprint.hosting === "managed" ? primary.blueprint.database.global : primary.blueprint.database.kind,
    });
  }

  private managed(args: RegionsArgs<ManagedBlueprint>): void {
    const { primary, standby } = args;
    if (primary.blueprint.edge.failover?.traffic === "globalAccelerator") new Accelerator(`${this.name}-accelerator`, args, { parent: this });
    const lag = new LagAlarm(`${this.name}-lag`, standby, { parent: this });
    new RegionSwitch(`${this.name}-switch`, { ...args, alarmArns: [lag.arn], ...managedSwitch([primary, standby]) }, { parent: this });
  }

  private own(args: RegionsArgs<SelfHostedBlueprint>): void {
    new Peering(`${this.name}-peering`, args, { parent: this });
    const takeOver = new TakeOver(`${this.name}-take-over`, args, { parent: this });
    const { arns } = new OwnLagAlarms(`${this.name}-lag`, args, { parent: this });
    new RegionSwitch(`${this.name}-switch`, { ...args, alarmArns: arns, ...ownSwitch([args.primary, args.standby], takeOver) }, { parent: this });
  }
}

function areManaged(args: RegionsArgs): args is RegionsArgs<ManagedBlueprint> {
  return args.primary.blueprint.hosting === "managed";
}

function areOwn(args: RegionsArgs): args is RegionsArgs<SelfHostedBlueprint> {
  return args.primary.blueprint.hosting === "selfHosted";
}
