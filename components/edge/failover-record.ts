import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { ports } from "../../blueprint/ports";
import { Component } from "../component";
import type { OwnFoundation } from "../host/foundation";

export interface FailoverRecordArgs {
  foundation: OwnFoundation;
  /** Public addresses of the region's edge, one or one a zone. */
  addresses: pulumi.Output<string>[];
}

/**
 * The domain's record of one region of own hosts, one of a failover pair. Route 53 asks the first region's edge whether its
 * region takes writes, so that clients go where the writer is, and stay there when a region that was lost comes back. The second
 * region's record has no check: it is answered whenever the first's is not.
 */
export class FailoverRecord extends Component {
  /** Null below level 3, where somebody else makes the record. */
  public static of(name: string, args: FailoverRecordArgs, opts: pulumi.ComponentResourceOptions): FailoverRecord | null {
    const { publicZoneId, blueprint } = args.foundation;
    return publicZoneId === null || blueprint.edge.failover === null ? null : new FailoverRecord(name, args, opts);
  }

  private constructor(
    private readonly name: string,
    private readonly args: FailoverRecordArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:edge:FailoverRecord", name, opts);
    const { blueprint, publicZoneId } = args.foundation;
    const { edge, domain, site } = blueprint;
    if (publicZoneId === null || edge.failover === null) throw new Error("failover record: given no public zone, needed one");
    const check = site === "primary" ? this.check() : null;
    new route53.Record(
      `${name}-record`,
      {
        zoneId: publicZoneId,
        name: domain,
        type: "A",
        ttl: edge.failover.recordTtlSeconds,
        records: args.addresses,
        setIdentifier: site,
        failoverRoutingPolicies: [{ type: site === "primary" ? "PRIMARY" : "SECONDARY" }],
        ...(check === null ? {} : { healthCheckId: check.id }),
      },
      { parent: this },
    );
    this.publish({ domain, site, ...edge.failover });
  }

  /** One address has a check of its own; of several, one that answers is enough. */
  private check(): route53.HealthCheck {
    const { addresses, foundation } = this.args;
    const { names } = foundation.blueprint;
    const [first, ...rest] = addresses.map((address, index) => this.addressCheck(address, index));
    if (first === undefined) throw new Error("failover record: given no address, needed one");
    if (rest.length === 0) return first;
    return new route53.HealthCheck(
      `${this.name}-health`,
      { type: "CALCULATED", childHealthchecks: [first, ...rest].map(({ id }) => id), childHealthThreshold: 1, tags: { Name: names.prefix } },
      { parent: this },
    );
  }

  private addressCheck(ipAddress: pulumi.Output<string>, index: number): route53.HealthCheck {
    const { edge, pair, domain, names } = this.args.foundation.blueprint;
    if (edge.failover === null || pair === null) throw new Error("failover record: given one region, needed two");
    const { requestIntervalSeconds: requestInterval, failureThreshold } = edge.failover;
    return new route53.HealthCheck(
      `${this.name}-health-${String(index + 1)}`,
      {
        type: "HTTPS",
        ipAddress,
        // The name that the certificate is for.
        fqdn: domain,
        port: ports.https,
        enableSni: true,
        resourcePath: pair.path,
        requestInterval,
        failureThreshold,
        tags: { Name: `${names.prefix}-${String(index + 1)}` },
      },
      { parent: this },
    );
  }
}
