import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../../blueprint/types";
import { Component } from "../component";

export interface PublicZoneArgs {
  blueprint: Blueprint;
}

/** The public zone in which the domain's record is made: the operator's, or at level 3 one of the stack's own for the domain. */
export class PublicZone extends Component {
  public readonly id: pulumi.Output<string>;
  /** What the domain has to be delegated to; none for the operator's own zone. */
  public readonly nameServers: pulumi.Output<string[]>;

  /** Null where somebody else makes the record. */
  public static of(name: string, args: PublicZoneArgs, opts: pulumi.ComponentResourceOptions): PublicZone | null {
    const { hostedZoneId, failover } = args.blueprint.edge;
    return hostedZoneId === null && failover === null ? null : new PublicZone(name, args, opts);
  }

  private constructor(name: string, { blueprint }: PublicZoneArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:edge:PublicZone", name, opts);
    const { edge, domain, names, deletionProtection } = blueprint;
    if (edge.hostedZoneId === null) {
      const zone = new route53.Zone(
        `${name}-zone`,
        { name: domain, comment: `clients of ${names.prefix}` },
        // Made again, it would have other name servers than the domain is delegated to.
        { parent: this, protect: deletionProtection },
      );
      this.id = zone.zoneId;
      this.nameServers = zone.nameServers;
    } else {
      this.id = pulumi.output(edge.hostedZoneId);
      this.nameServers = pulumi.output([]);
    }
    this.publish({ domain, owner: edge.hostedZoneId === null ? "stack" : "operator" });
  }
}
