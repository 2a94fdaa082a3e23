import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { fleet } from "../host/fleet";
import type { OwnFoundation } from "../host/foundation";
import { FailoverRecord } from "./failover-record";
import type { Edge } from "./index";
import { noTargetGroups } from "./none";
import { addressStatements, certificateStatements } from "./permissions";

/** HAProxy on every edge host, and one Elastic IP that keepalived's master takes to itself. */
export class KeepalivedEdge extends Component implements Edge {
  public readonly publicAddresses: pulumi.Output<string[]>;
  public readonly canonicalName = null;
  public readonly balancerArn = null;
  public readonly targetGroupArns = noTargetGroups;
  public readonly instanceIds: Map<string, pulumi.Output<string>>;

  public constructor(name: string, foundation: OwnFoundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:edge:KeepalivedEdge", name, opts);
    const { blueprint } = foundation;
    // The hosts find the address by this tag.
    const address = new ec2.Eip(
      `${name}-eip`,
      { domain: "vpc", tags: { Name: `${blueprint.names.prefix}-edge` } },
      { parent: this, protect: blueprint.edge.deletionProtection },
    );
    this.instanceIds = fleet(this, name, foundation, "edge", [...addressStatements(foundation, address), ...certificateStatements(foundation)]);
    this.publicAddresses = address.publicIp.apply((ip) => [ip]);
    FailoverRecord.of(`${name}-failover`, { foundation, addresses: [address.publicIp] }, { parent: this });
    this.publish({
      kind: "keepalived",
      hosts: blueprint.hosts.filter((host) => host.role === "edge").map(({ name: host, zone }) => ({ host, zone })),
      vrrp: { ...blueprint.edge.vrrp },
      http: { ...blueprint.edge.http },
      certificate: blueprint.edge.certificate.source,
    });
  }
}
