import * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import type { input } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import { listenerRules } from "../../blueprint/managed/listenerRules";
import { ports } from "../../blueprint/ports";
import type { Service } from "../../blueprint/types";
import { Component } from "../component";
import type { ManagedFoundation } from "../host/foundation";
import { answersAt } from "./health-check";
import { AccessLogs } from "./access-logs";
import { PaymentBalancer } from "./payment-balancer";
import type { Edge } from "./index";

/** What a denied path is answered, as a service answers a path that it does not know. */
const notFound: input.lb.ListenerDefaultAction = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Not Found", statusCode: "404" },
};

/** An application load balancer over all zones: TLS, the route table, and the groups of API hosts behind it. */
export class Alb extends Component implements Edge {
  public readonly publicAddresses = pulumi.output<string[]>([]);
  public readonly canonicalName: pulumi.Output<string>;
  public readonly balancerArn: pulumi.Output<string>;
  public readonly instanceIds = new Map<string, pulumi.Output<string>>();
  public readonly targetGroupArns: Edge["targetGroupArns"];

  public constructor(
    private readonly name: string,
    private readonly foundation: ManagedFoundation,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:edge:Alb", name, opts);
    const { blueprint, vpc, securityGroups } = foundation;
    const { edge, network, names, routes } = blueprint;
    const logs = new AccessLogs(`${name}-logs`, { blueprint, accountId: vpc.accountId }, { parent: this });
    const balancer = new lb.LoadBalancer(
      `${name}-alb`,
      {
        name: `${names.prefix}-edge`,
        loadBalancerType: "application",
        subnets: network.zones.map((zone) => vpc.subnetId("public", zone.name)),
        securityGroups: [securityGroups.of("edge")],
        idleTimeout: edge.idleSeconds,
        dropInvalidHeaderFields: true,
        enableDeletionProtection: edge.deletionProtection,
        accessLogs: { bucket: logs.bucket, enabled: true },
      },
      { parent: this, dependsOn: [...network.zones.flatMap((zone) => vpc.wayOut("public", zone.name)), securityGroups.egressOf("edge")] },
    );
    const groups = { upload: this.group("upload-api"), payment: this.group("payment-service") };
    const payment = new PaymentBalancer(`${name}-payment`, foundation, { parent: this });
    this.targetGroupArns = { api: [groups.upload.arn, groups.payment.arn, payment.targetGroupArn], worker: [] };
    this.canonicalName = balancer.dnsName;
    this.balancerArn = balancer.arn;
    this.listen(balancer, groups);
    if (foundation.publicZoneId !== null && edge.failover?.traffic !== "globalAccelerator") this.record(balancer, foundation.publicZoneId);
    this.publish({
      kind: edge.kind,
      zones: network.zones.map(({ name: zone }) => zone),
      idleSeconds: edge.idleSeconds,
      check: { ...edge.check },
      deregistrationSeconds: edge.deregistrationSeconds,
      rules: listenerRules(routes).rules.length,
      certificate: "acm",
    });
  }

  /** One of a pair from the start: a second region's is then only added. */
  private record(balancer: lb.LoadBalancer, zoneId: pulumi.Input<string>): void {
    const { blueprint } = this.foundation;
    const check = blueprint.site === "primary" ? this.healthCheck(balancer) : null;
    new route53.Record(
      `${this.name}-record`,
      {
        zoneId,
        name: blueprint.domain,
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
        setIdentifier: blueprint.site,
        failoverRoutingPolicies: [{ type: blueprint.site === "primary" ? "PRIMARY" : "SECONDARY" }],
        ...(check === null ? {} : { healthCheckId: check.id }),
      },
      { parent: this },
    );
  }

  /** Asks the first region's load balancer from outside, whatever the domain points at. */
  private healthCheck(balancer: lb.LoadBalancer): route53.HealthCheck | null {
    const { edge, names } = this.foundation.blueprint;
    if (edge.failover === null) return null;
    return new route53.HealthCheck(
      `${this.name}-health`,
      {
        type: "HTTPS",
        fqdn: balancer.dnsName,
        port: ports.https,
        enableSni: true,
        resourcePath: edge.check.path,
        requestInterval: edge.failover.requestIntervalSeconds,
        failureThreshold: edge.failover.failureThreshold,
        tags: { Name: names.prefix },
      },
      { parent: this },
    );
  }

  private listen(balancer: lb.LoadBalancer, groups: Record<Exclude<Service, "deny">, lb.TargetGroup>): void {
    const { edge, routes } = this.foundation.blueprint;
    const { rules, otherwise } = listenerRules(routes);
    const to = (service: Service): input.lb.ListenerDefaultAction => (service === "deny" ? notFound : { type: "forward", targetGroupArn: groups[service].arn });
    new lb.Listener(
      `${this.name}-http`,
      {
        loadBalancerArn: balancer.arn,
        port: ports.http,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { port: String(ports.https), protocol: "HTTPS", statusCode: "HTTP_301" } }],
      },
      { parent: this },
    );
    const https = new lb.Listener(
      `${this.name}-https`,
      {
        loadBalancerArn: balancer.arn,
        port: ports.https,
        protocol: "HTTPS",
        sslPolicy: edge.sslPolicy,
        certificateArn: edge.certificateArn,
        defaultActions: [to(otherwise)],
      },
      { parent: this },
    );
    for (const { priority, service, regexes } of rules)
      new lb.ListenerRule(
        `${this.name}-rule-${String(priority)}`,
        { listenerArn: https.arn, priority, conditions: [{ pathPattern: { regexValues: regexes } }], actions: [to(service)] },
        { parent: this },
      );
  }

  private group(process: "upload-api" | "payment-service"): lb.TargetGroup {
    const { blueprint, vpc } = this.foundation;
    const { edge, names, processes } = blueprint;
    const port = processes.find(({ name }) => name === process)?.port;
    if (port === undefined || port === null) throw new Error(`edge: ${process} has no port in the blueprint`);
    return new lb.TargetGroup(
      `${this.name}-${process}`,
      {
        name: `${names.prefix}-${process}`.slice(0, 32),
        port,
        protocol: "HTTP",
        vpcId: vpc.id,
        targetType: "instance",
        deregistrationDelay: edge.deregistrationSeconds,
        // A machine that is slow gets less.
        loadBalancingAlgorithmType: "least_outstanding_requests",
        healthCheck: answersAt(port, edge.check),
      },
      { parent: this },
    );
  }
}
