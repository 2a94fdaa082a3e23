import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedBlueprint } from "../../blueprint/types";
import { Component } from "../component";

export interface InternalZoneArgs {
  blueprint: ManagedBlueprint;
  vpcId: pulumi.Input<string>;
}

/** The stack's private names of managed services, by which hosts know them. */
export class InternalZone extends Component {
  private readonly zone: route53.Zone;

  public constructor(
    private readonly name: string,
    private readonly args: InternalZoneArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:network:InternalZone", name, opts);
    const { blueprint, vpcId } = args;
    this.zone = new route53.Zone(
      `${name}-zone`,
      { name: blueprint.internalZone.name, comment: `services of ${blueprint.names.prefix}`, vpcs: [{ vpcId }] },
      { parent: this },
    );
    this.publish({ zone: blueprint.internalZone.name, ttlSeconds: blueprint.internalZone.ttlSeconds });
  }

  /** Points one of the zone's names at what AWS calls the service. */
  public point(what: string, fullName: string, target: pulumi.Input<string>): void {
    new route53.Record(
      `${this.name}-${what}`,
      { zoneId: this.zone.zoneId, name: fullName, type: "CNAME", ttl: this.args.blueprint.internalZone.ttlSeconds, records: [target] },
      { parent: this },
    );
  }
}
