import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint } from "../../blueprint/types";
import { Component } from "../component";
import type { SecurityGroups } from "./security-groups";
import type { Vpc } from "./vpc";

export interface EndpointsArgs {
  blueprint: Blueprint;
  vpc: Vpc;
  securityGroups: SecurityGroups;
}

/** AWS services that hosts reach inside the VPC: S3 by a gateway, the blueprint's others by an interface in every zone. */
export class Endpoints extends Component {
  public constructor(name: string, args: EndpointsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:network:Endpoints", name, opts);
    const { network, region, names } = args.blueprint;
    new ec2.VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: args.vpc.id,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: args.vpc.routeTableIds,
        tags: { Name: `${names.prefix}-s3` },
      },
      { parent: this },
    );
    for (const service of network.interfaceEndpoints) {
      new ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpc.id,
          serviceName: `com.amazonaws.${region}.${service}`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: network.zones.map((zone) => args.vpc.subnetId("private", zone.name)),
          securityGroupIds: [args.securityGroups.of("endpoints")],
          tags: { Name: `${names.prefix}-${service}` },
        },
        // Its interfaces take any free address, so those of hosts are set aside first.
        { parent: this, dependsOn: args.vpc.reservations("private") },
      );
    }
    this.publish({ services: ["s3", ...network.interfaceEndpoints] });
  }
}
