import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { Blueprint, Flow, HostRole } from "../../blueprint/types";
import { Component } from "../component";

export interface SecurityGroupsArgs {
  blueprint: Blueprint;
  vpcId: pulumi.Input<string>;
}

/** IP protocol number of VRRP. */
const vrrpProtocol = "112";

/** One security group per role, and one rule by reference for each flow of the blueprint. */
export class SecurityGroups extends Component {
  private readonly groups = new Map<string, ec2.SecurityGroup>();
  private readonly egress = new Map<HostRole, pulumi.Resource>();

  public constructor(
    private readonly name: string,
    private readonly args: SecurityGroupsArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ha:network:SecurityGroups", name, opts);
    const { flows, hosts } = args.blueprint;
    const roles = [...new Set(hosts.map((host) => host.role))];
    for (const owner of [...roles, "endpoints"]) this.groups.set(owner, this.group(owner));
    for (const role of roles) {
      const rule = new vpc.SecurityGroupEgressRule(
        `${name}-${role}-out`,
        { securityGroupId: this.of(role), ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", description: "packages, AWS APIs and Arweave" },
        { parent: this },
      );
      this.egress.set(role, rule);
    }
    for (const flow of flows) for (const source of sourcesOf(flow, roles)) this.rule(flow, source);
    this.publish({ flows: flows.map(({ from, to, protocol, port }) => ({ from, to, protocol, port })) });
  }

  /** Id of the group of a role, or of the interface endpoints. Throws for a role without hosts. */
  public of(owner: HostRole | "endpoints"): pulumi.Output<string> {
    const group = this.groups.get(owner);
    if (group === undefined) throw new Error(`security groups ${this.name}: asked for ${owner}, of which the blueprint has no host`);
    return group.id;
  }

  /** The rule without which a role's hosts reach nothing. Throws for a role without hosts. */
  public egressOf(role: HostRole): pulumi.Resource {
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

  private rule(flow: Flow, source: HostRole | "internet"): void {
    const ports = flow.protocol === "tcp" ? { ipProtocol: "tcp", fromPort: flow.port, toPort: flow.port } : { ipProtocol: vrrpProtocol };
    const what = flow.protocol === "tcp" ? String(flow.port) : flow.protocol;
    new vpc.SecurityGroupIngressRule(
      `${this.name}-${source}-to-${flow.to}-${what}`,
      {
        securityGroupId: this.of(flow.to),
        ...ports,
        ...(source === "internet" ? { cidrIpv4: "0.0.0.0/0" } : { referencedSecurityGroupId: this.of(source) }),
        description: flow.why,
      },
      { parent: this },
    );
  }
}

function sourcesOf(flow: Flow, roles: readonly HostRole[]): (HostRole | "internet")[] {
  return flow.from === "endpoint-clients" ? [...roles] : [flow.from];
}
