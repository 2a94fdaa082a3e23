import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { everyFlow, everyHost } from "../../blueprint/beside";
import { otherHostsOf } from "../../blueprint/otherRegion";
import type { Blueprint, Flow } from "../../blueprint/types";
import { Component } from "../component";

export interface SecurityGroupsArgs {
  blueprint: Blueprint;
  vpcId: pulumi.Input<string>;
}

/** Who has a group: a role, or a load balancer of the stack's own. */
type Owner = Exclude<Flow["from"], "internet" | "endpoint-clients" | "other-region">;

/** Who a rule lets in. */
type Sender = { cidrIpv4: string } | { referencedSecurityGroupId: pulumi.Output<string> };

/** IP protocol number of VRRP. */
const vrrpProtocol = "112";

/** One security group per role, and one rule by reference for each flow of the blueprint. */
export class SecurityGroups extends Component {
  private readonly groups = new Map<string, ec2.SecurityGroup>();
  private readonly egress = new Map<Owner, pulumi.Resource>();

  public constructor(
    private readonly name: string,
    private readonly args: SecurityGroupsArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:network:SecurityGroups", name, opts);
    const flows = everyFlow(args.blueprint);
    const machines = [...new Set([...everyHost(args.blueprint), ...args.blueprint.groups].map(({ role }) => role))];
    const owners = [...new Set([...machines, ...flows.flatMap(ownersOf)])];
    for (const owner of [...owners, "endpoints"]) this.groups.set(owner, this.group(owner));
    // A managed database or Redis calls nobody.
    for (const role of owners.filter((owner) => (machines as Owner[]).includes(owner) || owner === "edge" || owner === "balancer")) {
      const rule = new vpc.SecurityGroupEgressRule(
        `${name}-${role}-out`,
        { securityGroupId: this.of(role), ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", description: "packages, AWS APIs and Arweave" },
        { parent: this },
      );
      this.egress.set(role, rule);
    }
    for (const flow of flows) {
      if (flow.from === "other-region")
        // By their fixed addresses: a rule cannot refer to a group of another region.
        for (const { name: host, address } of otherHostsOf(args.blueprint, flow.to)) this.rule(flow, `other-${host}`, { cidrIpv4: `${address}/32` });
      else for (const source of sourcesOf(flow.from, machines)) this.rule(flow, source, this.sender(source));
    }
    this.publish({ flows: flows.map(({ from, to, protocol, port }) => ({ from, to, protocol, port })) });
  }

  /** Id of the group of a role, or of the interface endpoints. Throws for a role without hosts. */
  public of(owner: Owner | "endpoints"): pulumi.Output<string> {
    const group = this.groups.get(owner);
    if (group === undefined) throw new Error(`security groups ${this.name}: asked for ${owner}, of which the blueprint has no host`);
    return group.id;
  }

  /** The rule without which a role's hosts reach nothing. Throws for a role without hosts. */
  public egressOf(role: Owner): pulumi.Resource {
    const rule = this.egress.get(role);
    if (rule === undefined) throw new Error(`security groups ${this.name}: asked for the way out of ${role}, of which the blueprint has no host`);
    return rule;
  }

  private group(owner: string): ec2.SecurityGroup {
    const { prefix } = this.args.blueprint.names;
    return new ec2.SecurityGroup(
      `${this.name}-${owner}`,
      {
        name: `${prefix}-${owner}`,
        description: `${owner} of ${prefix}`,
        vpcId: this.args.vpcId,
        tags: { Name: `${prefix}-${owner}` },
      },
      { parent: this },
    );
  }

  private sender(source: Owner | "internet"): Sender {
    return source === "internet" ? { cidrIpv4: "0.0.0.0/0" } : { referencedSecurityGroupId: this.of(source) };
  }

  private rule(flow: Flow, source: string, sender: Sender): void {
    const ports = flow.protocol === "tcp" ? { ipProtocol: "tcp", fromPort: flow.port, toPort: flow.port } : { ipProtocol: vrrpProtocol };
    const what = flow.protocol === "tcp" ? String(flow.port) : flow.protocol;
    new vpc.SecurityGroupIngressRule(
      `${this.name}-${source}-to-${flow.to}-${what}`,
      {
        securityGroupId: this.of(flow.to),
        ...ports,
        ...sender,
        description: flow.why,
      },
      { parent: this },
    );
  }
}

function sourcesOf(from: Exclude<Flow["from"], "other-region">, machines: readonly Owner[]): (Owner | "internet")[] {
  return from === "endpoint-clients" ? [...machines] : [from];
}

function ownersOf({ from, to }: Flow): Owner[] {
  return [from, to].filter((end): end is Owner => end !== "internet" && end !== "endpoint-clients" && end !== "other-region" && end !== "endpoints");
}
