import * as globalaccelerator from "@pulumi/aws/globalaccelerator";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { publicPorts } from "../../blueprint/ports";
import { Component } from "../component";
import type { RegionsArgs } from "./side";

/** Two fixed addresses before both regions' load balancers: no client's resolver keeps an old answer. */
export class Accelerator extends Component {
  public constructor(name: string, { primary, standby }: RegionsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ha:regions:Accelerator", name, opts);
    const { names, edge, domain } = primary.blueprint;
    const made = new globalaccelerator.Accelerator(`${name}-accelerator`, { name: names.prefix, ipAddressType: "IPV4" }, { parent: this });
    const listener = new globalaccelerator.Listener(
      `${name}-listener`,
      {
        acceleratorArn: made.arn,
        protocol: "TCP",
        portRanges: publicPorts.map((port) => ({ fromPort: port, toPort: port })),
      },
      { parent: this },
    );
    for (const { blueprint, platform } of [primary, standby]) {
      const { balancerArn } = platform.front;
      if (balancerArn === null) throw new Error(`accelerator: ${blueprint.region} has no load balancer`);
      new globalaccelerator.EndpointGroup(
        `${name}-${blueprint.site}`,
        {
          listenerArn: listener.arn,
          endpointGroupRegion: blueprint.region,
          // The second region gets clients only when the first has no healthy endpoint: then the dial does not count.
          trafficDialPercentage: blueprint.site === "primary" ? 100 : 0,
          healthCheckIntervalSeconds: 10,
          thresholdCount: edge.failover?.failureThreshold ?? 3,
          endpointConfigurations: [{ endpointId: balancerArn, weight: 128, clientIpPreservationEnabled: true }],
        },
        { parent: this },
      );
    }
    if (primary.platform.publicZoneId !== null)
      new route53.Record(
        `${name}-record`,
        {
          zoneId: primary.platform.publicZoneId,
          name: domain,
          type: "A",
          aliases: [{ name: made.dnsName, zoneId: made.hostedZoneId, evaluateTargetHealth: true }],
        },
        { parent: this },
      );
    this.publish({ regions: [primary.blueprint.region, standby.blueprint.region] });
  }
}
