import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import { answersAt } from "./health-check";

/** An internal load balancer, by which workers and API hosts reach a payment-service whose machines have no names. */
export class PaymentBalancer extends Component {
  public readonly targetGroupArn: pulumi.Output<string>;

  public constructor(name: string, foundation: ManagedFoundation, opts: pulumi.ComponentResourceOptions) {
    super("ha:edge:PaymentBalancer", name, opts);
    const { blueprint, vpc, securityGroups, internalZone } = foundation;
    const { edge, network, names } = blueprint;
    const { check, payment } = edge;
    const balancer = new lb.LoadBalancer(
      `${name}-nlb`,
      {
        name: `${names.prefix}-payment`,
        loadBalancerType: "network",
        internal: true,
        subnets: network.zones.map((zone) => vpc.subnetId("private", zone.name)),
        securityGroups: [securityGroups.of("balancer")],
        // A zone without a healthy API host still answers on its address.
        enableCrossZoneLoadBalancing: true,
        enableDeletionProtection: edge.deletionProtection,
      },
      { parent: this, dependsOn: [securityGroups.egressOf("balancer")] },
    );
    const group = new lb.TargetGroup(
      `${name}-group`,
      {
        name: `${names.prefix}-internal-pay`.slice(0, 32),
        port: payment.port,
        protocol: "TCP",
        vpcId: vpc.id,
        targetType: "instance",
        // Machines then see the balancer's addresses, which its security group stands for.
        preserveClientIp: "false",
        deregistrationDelay: edge.deregistrationSeconds,
        healthCheck: answersAt(payment.port, check),
      },
      { parent: this },
    );
    new lb.Listener(
      `${name}-listener`,
      { loadBalancerArn: balancer.arn, port: payment.port, protocol: "TCP", defaultActions: [{ type: "forward", targetGroupArn: group.arn }] },
      { parent: this },
    );
    internalZone.point("payment", payment.name, balancer.dnsName);
    this.targetGroupArn = group.arn;
    this.publish({ zones: network.zones.map((zone) => zone.name), port: payment.port, check: { ...check } });
  }
}
