import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import type { RegionsArgs } from "./side";

/** The way between two regions' networks, for their databases and MinIO. What may take it is said by security groups. */
export class Peering extends Component {
  public constructor(name: string, { primary, standby }: RegionsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:regions:Peering", name, opts);
    const { names } = primary.blueprint;
    const connection = new ec2.VpcPeeringConnection(
      `${name}-connection`,
      { vpcId: primary.platform.vpc.id, peerVpcId: standby.platform.vpc.id, peerRegion: standby.blueprint.region, tags: { Name: names.prefix } },
      { parent: this, provider: primary.provider },
    );
    const accepted = new ec2.VpcPeeringConnectionAccepter(
      `${name}-accepter`,
      { vpcPeeringConnectionId: connection.id, autoAccept: true, tags: { Name: names.prefix } },
      { parent: this, provider: standby.provider },
    );
    for (const [from, to] of [
      [primary, standby],
      [standby, primary],
    ] as const)
      from.platform.vpc.routeTableIds.forEach((routeTableId, index) => {
        new ec2.Route(
          `${name}-${from.blueprint.site}-${from.blueprint.network.zones[index]?.letter ?? ""}`,
          { routeTableId, destinationCidrBlock: to.blueprint.network.vpcCidr, vpcPeeringConnectionId: connection.id },
          { parent: this, provider: from.provider, dependsOn: [accepted] },
        );
      });
    this.publish({ networks: [primary, standby].map(({ blueprint }) => ({ region: blueprint.region, vpcCidr: blueprint.network.vpcCidr })) });
  }
}
