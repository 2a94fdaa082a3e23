import * as pulumi from "@pulumi/pulumi";
import type { ManagedBlueprint } from "../../blueprint/types";
import { Component } from "../component";
import type { Platform } from "../platform";
import { Accelerator } from "./accelerator";
import { LagAlarm } from "./lag-alarm";
import { Replication } from "./replication";
import { RegionSwitch } from "./region-switch";

/** One region's side: what should be there, what is, and its provider. */
export interface Side {
  blueprint: ManagedBlueprint;
  platform: Platform;
  provider: pulumi.ProviderResource;
}

export interface RegionsArgs {
  primary: Side;
  standby: Side;
}

/** What holds two regions together: objects copied both ways, the way of clients, and the plan by which the second takes over. */
export class Regions extends Component {
  public constructor(name: string, { primary, standby }: RegionsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:regions:Regions", name, opts);
    new Replication(`${name}-out`, { from: primary, to: standby }, { parent: this });
    new Replication(`${name}-back`, { from: standby, to: primary }, { parent: this });
    if (primary.blueprint.edge.failover?.traffic === "globalAccelerator") new Accelerator(`${name}-accelerator`, { primary, standby }, { parent: this });
    const lag = new LagAlarm(`${name}-lag`, standby, { parent: this });
    new RegionSwitch(`${name}-switch`, { primary, standby, alarmArns: [lag.arn] }, { parent: this });
    this.publish({
      primary: primary.blueprint.region,
      standby: standby.blueprint.region,
      traffic: primary.blueprint.edge.failover?.traffic,
      database: primary.blueprint.database.global,
    });
  }
}
