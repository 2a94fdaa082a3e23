import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { fleet, type Foundation } from "../host/fleet";
import type { Statement } from "../policy-document";
import type { Edge } from "./index";
import { certificateStatements } from "./permissions";

/** HAProxy on every edge host, and one Elastic IP that keepalived's master takes to itself. */
export class KeepalivedEdge extends Component implements Edge {
  public readonly publicAddresses: pulumi.Output<string[]>;
  public readonly instanceIds: Map<string, pulumi.Output<string>>;

  public constructor(name: string, foundation: Foundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:edge:KeepalivedEdge", name, opts);
    const { blueprint } = foundation;
    // The hosts find the address by this tag.
    const address = new aws.ec2.Eip(
      `${name}-eip`,
      { domain: "vpc", tags: { Name: `${blueprint.names.prefix}-edge` } },
      { parent: this, protect: blueprint.deletionProtection },
    );
    this.instanceIds = fleet(this, name, foundation, "edge", [
      // A description cannot be limited to one address.
      pulumi.output<Statement>({ actions: ["ec2:DescribeAddresses"], resources: ["*"] }),
      address.arn.apply((arn): Statement => ({ actions: ["ec2:AssociateAddress"], resources: [arn] })),
      // Associating also needs the instance and its interface: this role's own hosts only.
      address.arn.apply((arn): Statement => ({
        actions: ["ec2:AssociateAddress"],
        resources: [`${arn.split(":").slice(0, 5).join(":")}:instance/*`],
        conditions: { StringEquals: { "aws:ResourceTag/ha:role": "edge", "aws:ResourceTag/ha:stack": blueprint.stack } },
      })),
      address.arn.apply((arn): Statement => ({
        actions: ["ec2:AssociateAddress"],
        resources: [`${arn.split(":").slice(0, 5).join(":")}:network-interface/*`],
      })),
      ...certificateStatements(foundation),
    ]);
    this.publicAddresses = address.publicIp.apply((ip) => [ip]);
    this.publish({
      kind: "keepalived",
      hosts: blueprint.hosts.filter((host) => host.role === "edge").map(({ name: host, zone }) => ({ host, zone })),
      vrrp: { ...blueprint.edge.vrrp },
      http: { ...blueprint.edge.http },
      certificate: blueprint.edge.certificate.source,
    });
  }
}
