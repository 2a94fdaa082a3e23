import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { publicPorts } from "../../blueprint/ports";
import { balancerCheck as check } from "../../blueprint/selfHosted/edge";
import { Component } from "../component";
import { fleet } from "../host/fleet";
import type { OwnFoundation } from "../host/foundation";
import { FailoverRecord } from "./failover-record";
import type { Edge } from "./index";
import { noTargetGroups } from "./none";
import { certificateStatements } from "./permissions";

/** A network load balancer with one Elastic IP a zone, before HAProxy on every edge host. */
export class NlbEdge extends Component implements Edge {
  public readonly publicAddresses: pulumi.Output<string[]>;
  public readonly canonicalName = null;
  public readonly balancerArn = null;
  public readonly targetGroupArns = noTargetGroups;
  public readonly instanceIds: Map<string, pulumi.Output<string>>;

  public constructor(name: string, foundation: OwnFoundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:edge:NlbEdge", name, opts);
    const { blueprint, vpc } = foundation;
    const addresses = blueprint.network.zones.map((zone) => ({
      zone,
      eip: new ec2.Eip(
        `${name}-eip-${zone.letter}`,
        { domain: "vpc", tags: { Name: `${blueprint.names.prefix}-edge-${zone.letter}` } },
        { parent: this, protect: blueprint.edge.deletionProtection },
      ),
    }));
    const balancer = new lb.LoadBalancer(
      `${name}-nlb`,
      {
        // Not `-edge`, which is the managed one's: both exist for a moment when a stack changes its hosting.
        name: `${blueprint.names.prefix}-edge-nlb`,
        loadBalancerType: "network",
        // A zone without a healthy edge host still answers on its address.
        enableCrossZoneLoadBalancing: true,
        enableDeletionProtection: blueprint.edge.deletionProtection,
        subnetMappings: addresses.map(({ zone, eip }) => ({ subnetId: vpc.subnetId("public", zone.name), allocationId: eip.allocationId })),
      },
      // Its interfaces take any free address, so those of hosts are set aside first.
      { parent: this, dependsOn: vpc.reservations("public") },
    );
    this.instanceIds = fleet(this, name, foundation, "edge", certificateStatements(foundation));
    for (const port of publicPorts) this.listen(name, foundation, balancer, port);
    this.publicAddresses = pulumi.all(addresses.map(({ eip }) => eip.publicIp));
    FailoverRecord.of(`${name}-failover`, { foundation, addresses: addresses.map(({ eip }) => eip.publicIp) }, { parent: this });
    this.publish({
      kind: "nlb",
      hosts: blueprint.hosts.filter((host) => host.role === "edge").map(({ name: host, zone }) => ({ host, zone })),
      checkIntervalSeconds: check.intervalSeconds,
      checkCount: check.count,
      http: { ...blueprint.edge.http },
      certificate: blueprint.edge.certificate.source,
    });
  }

  private listen(name: string, { blueprint, vpc }: OwnFoundation, balancer: lb.LoadBalancer, port: number): void {
    const group = new lb.TargetGroup(
      `${name}-${String(port)}`,
      {
        name: `${blueprint.names.prefix}-${String(port)}`,
        port,
        protocol: "TCP",
        vpcId: vpc.id,
        targetType: "instance",
        preserveClientIp: "true",
        connectionTermination: false,
        deregistrationDelay: 300,
        healthCheck: {
          protocol: "TCP",
          port: String(port),
          interval: check.intervalSeconds,
          timeout: check.timeoutSeconds,
          healthyThreshold: check.count,
          unhealthyThreshold: check.count,
        },
      },
      { parent: this },
    );
    new lb.Listener(
      `${name}-${String(port)}-listener`,
      { loadBalancerArn: balancer.arn, port, protocol: "TCP", defaultActions: [{ type: "forward", targetGroupArn: group.arn }] },
      { parent: this },
    );
    for (const [host, targetId] of this.instanceIds) {
      new lb.TargetGroupAttachment(`${name}-${String(port)}-${host}`, { targetGroupArn: group.arn, targetId, port }, { parent: this });
    }
  }
}
