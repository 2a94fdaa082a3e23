import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { everyHost } from "../../blueprint/beside";
import type { Blueprint, SubnetTier, Zone } from "../../blueprint/types";
import { Component } from "../component";
import { hostBlocks } from "./host-blocks";

export interface VpcArgs {
  blueprint: Blueprint;
}

interface Table {
  table: ec2.RouteTable;
  wayOut: ec2.Route;
}

/** A VPC over all zones: a public, a private and a data subnet in each, and egress that no other zone can take away. */
export class Vpc extends Component {
  public readonly id: pulumi.Output<string>;
  /** The AWS account that owns it. */
  public readonly accountId: pulumi.Output<string>;
  /** Private and data route tables, by zone name: those that gateway endpoints join. */
  public readonly routeTableIds: pulumi.Output<string>[];
  private readonly subnets = new Map<string, { subnet: ec2.Subnet; wayOut: pulumi.Resource[] }>();
  private readonly reserved: Record<SubnetTier, pulumi.Resource[]> = { public: [], private: [], data: [] };

  public constructor(
    private readonly name: string,
    private readonly args: VpcArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:network:Vpc", name, opts);
    const { network, names } = args.blueprint;
    const vpc = new ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: network.vpcCidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: names.prefix } },
      { parent: this },
    );
    // The VPC's default group allows its members everything; emptied, nothing can lean on it.
    new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, { parent: this });
    const gateway = new ec2.InternetGateway(`${name}-igw`, { vpcId: vpc.id, tags: { Name: names.prefix } }, { parent: this });
    const publicTable = this.table("public", vpc, { gatewayId: gateway.id });
    for (const zone of network.zones) this.subnet(vpc, zone, "public", publicTable);
    this.id = vpc.id;
    this.accountId = vpc.ownerId;
    this.routeTableIds = network.zones.map((zone) => {
      const table = this.table(`private-${zone.letter}`, vpc, { natGatewayId: this.nat(zone, gateway).id });
      this.subnet(vpc, zone, "private", table);
      this.subnet(vpc, zone, "data", table);
      return table.table.id;
    });
    this.publish({ zones: network.zones.map((zone) => zone.name), natGateways: network.zones.length, vpcCidr: network.vpcCidr });
  }

  /** The subnet of a tier in a zone. Throws when the network has none. */
  public subnetId(tier: SubnetTier, zoneName: string): pulumi.Output<string> {
    return this.at(tier, zoneName).subnet.id;
  }

  /** What a subnet needs before its hosts reach the internet. Throws when the network has no such subnet. */
  public wayOut(tier: SubnetTier, zoneName: string): pulumi.Resource[] {
    return this.at(tier, zoneName).wayOut;
  }

  /** Addresses of a tier that are set aside for hosts. */
  public reservations(tier: SubnetTier): pulumi.Resource[] {
    return this.reserved[tier];
  }

  private at(tier: SubnetTier, zoneName: string): { subnet: ec2.Subnet; wayOut: pulumi.Resource[] } {
    const found = this.subnets.get(`${tier} ${zoneName}`);
    if (found === undefined) throw new Error(`network ${this.name}: asked for the ${tier} subnet of ${zoneName}, which is not one of its zones`);
    return found;
  }

  private nat(zone: Zone, gateway: ec2.InternetGateway): ec2.NatGateway {
    const { prefix } = this.args.blueprint.names;
    const address = new ec2.Eip(
      `${this.name}-nat-${zone.letter}-eip`,
      { domain: "vpc", tags: { Name: `${prefix}-nat-${zone.letter}` } },
      { parent: this, dependsOn: [gateway] },
    );
    return new ec2.NatGateway(
      `${this.name}-nat-${zone.letter}`,
      { allocationId: address.allocationId, subnetId: this.subnetId("public", zone.name), tags: { Name: `${prefix}-${zone.letter}` } },
      { parent: this, dependsOn: [gateway, ...this.reserved.public] },
    );
  }

  private subnet(vpc: ec2.Vpc, zone: Zone, tier: SubnetTier, { table, wayOut }: Table): void {
    const { names } = this.args.blueprint;
    const what = `${this.name}-${tier}-${zone.letter}`;
    const subnet = new ec2.Subnet(
      what,
      {
        vpcId: vpc.id,
        cidrBlock: zone.cidrs[tier],
        availabilityZone: zone.name,
        mapPublicIpOnLaunch: tier === "public",
        tags: { Name: `${names.prefix}-${tier}-${zone.letter}` },
      },
      { parent: this },
    );
    const association = new ec2.RouteTableAssociation(`${what}-routes`, { subnetId: subnet.id, routeTableId: table.id }, { parent: this });
    const residents = everyHost(this.args.blueprint).filter((host) => host.tier === tier && host.zone === zone.name);
    for (const block of hostBlocks(
      residents.map((host) => host.address),
      zone.cidrs[tier],
    )) {
      const reservation = new ec2.SubnetCidrReservation(
        `${what}-hosts-${block.name}`,
        { subnetId: subnet.id, cidrBlock: block.cidr, reservationType: "explicit", description: "fixed addresses of hosts" },
        { parent: this },
      );
      this.reserved[tier].push(reservation);
    }
    this.subnets.set(`${tier} ${zone.name}`, { subnet, wayOut: [association, wayOut] });
  }

  private table(what: string, vpc: ec2.Vpc, target: { gatewayId?: pulumi.Input<string>; natGatewayId?: pulumi.Input<string> }): Table {
    const { prefix } = this.args.blueprint.names;
    const table = new ec2.RouteTable(`${this.name}-${what}`, { vpcId: vpc.id, tags: { Name: `${prefix}-${what}` } }, { parent: this });
    const wayOut = new ec2.Route(`${this.name}-${what}-out`, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target }, { parent: this });
    return { table, wayOut };
  }
}
