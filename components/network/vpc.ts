import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint, SubnetTier, Zone } from "../../blueprint/types";
import { Component } from "../component";

export interface VpcArgs {
  blueprint: Blueprint;
}

/** A VPC over all zones: a public, a private and a data subnet in each, and egress that no other zone can take away. */
export class Vpc extends Component {
  public readonly id: pulumi.Output<string>;
  /** Private and data route tables, by zone name: those that gateway endpoints join. */
  public readonly routeTableIds: pulumi.Output<string>[];
  private readonly subnets = new Map<string, aws.ec2.Subnet>();

  public constructor(
    private readonly name: string,
    args: VpcArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:network:Vpc", name, opts);
    const { network, names } = args.blueprint;
    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: network.vpcCidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: names.prefix } },
      { parent: this },
    );
    // The VPC's default group allows its members everything; emptied, nothing can lean on it.
    new aws.ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, { parent: this });
    const gateway = new aws.ec2.InternetGateway(`${name}-igw`, { vpcId: vpc.id, tags: { Name: names.prefix } }, { parent: this });
    const publicRoutes = this.routeTable("public", vpc, { gatewayId: gateway.id });
    this.id = vpc.id;
    this.routeTableIds = network.zones.flatMap((zone) => {
      const inPublic = this.subnet(args, vpc, zone, "public", publicRoutes);
      const address = new aws.ec2.Eip(
        `${name}-nat-${zone.letter}-eip`,
        { domain: "vpc", tags: { Name: `${names.prefix}-nat-${zone.letter}` } },
        { parent: this, dependsOn: [gateway] },
      );
      const nat = new aws.ec2.NatGateway(
        `${name}-nat-${zone.letter}`,
        { allocationId: address.allocationId, subnetId: inPublic.id, tags: { Name: `${names.prefix}-${zone.letter}` } },
        { parent: this, dependsOn: [gateway] },
      );
      const routes = this.routeTable(`private-${zone.letter}`, vpc, { natGatewayId: nat.id });
      this.subnet(args, vpc, zone, "private", routes);
      this.subnet(args, vpc, zone, "data", routes);
      return [routes.id];
    });
    this.publish({ zones: network.zones.map((zone) => zone.name), natGateways: network.zones.length, vpcCidr: network.vpcCidr });
  }

  /** The subnet of a tier in a zone. Throws when the network has none. */
  public subnetId(tier: SubnetTier, zoneName: string): pulumi.Output<string> {
    const subnet = this.subnets.get(`${tier} ${zoneName}`);
    if (subnet === undefined) throw new Error(`network ${this.name}: asked for the ${tier} subnet of ${zoneName}, which is not one of its zones`);
    return subnet.id;
  }

  private subnet(args: VpcArgs, vpc: aws.ec2.Vpc, zone: Zone, tier: SubnetTier, routes: aws.ec2.RouteTable): aws.ec2.Subnet {
    const { prefix } = args.blueprint.names;
    const subnet = new aws.ec2.Subnet(
      `${this.name}-${tier}-${zone.letter}`,
      {
        vpcId: vpc.id,
        cidrBlock: zone.cidrs[tier],
        availabilityZone: zone.name,
        mapPublicIpOnLaunch: tier === "public",
        tags: { Name: `${prefix}-${tier}-${zone.letter}` },
      },
      { parent: this },
    );
    new aws.ec2.RouteTableAssociation(`${this.name}-${tier}-${zone.letter}-routes`, { subnetId: subnet.id, routeTableId: routes.id }, { parent: this });
    this.subnets.set(`${tier} ${zone.name}`, subnet);
    return subnet;
  }

  private routeTable(what: string, vpc: aws.ec2.Vpc, target: { gatewayId?: pulumi.Input<string>; natGatewayId?: pulumi.Input<string> }): aws.ec2.RouteTable {
    const table = new aws.ec2.RouteTable(`${this.name}-${what}`, { vpcId: vpc.id, tags: { Name: `${this.name}-${what}` } }, { parent: this });
    new aws.ec2.Route(`${this.name}-${what}-out`, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target }, { parent: this });
    return table;
  }
}
