import * as pulumi from "@pulumi/pulumi";
import type { Blueprint, HostRole } from "../../blueprint/types";
import type { HostPlan } from "../../hosts/types";
import type { SecurityGroups } from "../network/security-groups";
import type { Vpc } from "../network/vpc";
import type { Statement } from "../policy-document";
import type { Secrets } from "../secrets/secrets";
import { Host } from "./host";
import { Profile } from "./profile";

/** What every role's hosts stand on. */
export interface Foundation {
  blueprint: Blueprint;
  /** Files and user data of each host by name, rendered before anything is registered. */
  rendered: Map<string, { plan: HostPlan; userData: string }>;
  vpc: Vpc;
  securityGroups: SecurityGroups;
  secrets: Secrets;
  /** The key that encrypts everything at rest. */
  keyArn: pulumi.Output<string>;
}

/** All hosts of one role with their common identity, as children of `parent`. Instance ids by host name. */
export function fleet(
  parent: pulumi.ComponentResource,
  name: string,
  foundation: Foundation,
  role: HostRole,
  extra: pulumi.Output<Statement>[],
): Map<string, pulumi.Output<string>> {
  const { blueprint, rendered, vpc, securityGroups, secrets, keyArn } = foundation;
  const hosts = blueprint.hosts.filter((host) => host.role === role);
  const of = (host: string): { plan: HostPlan; userData: string } => {
    const found = rendered.get(host);
    if (found === undefined) throw new Error(`host ${host}: its files were not rendered`);
    return found;
  };
  const profile = new Profile(`${name}-${role}`, { blueprint, role, plans: hosts.map((host) => of(host.name).plan), secrets, keyArn, extra }, { parent });
  return new Map(
    hosts.map((host) => [
      host.name,
      new Host(
        `${name}-${host.name}`,
        {
          blueprint,
          host,
          userData: of(host.name).userData,
          subnetId: vpc.subnetId(host.tier, host.zone),
          securityGroupId: securityGroups.of(role),
          instanceProfileName: profile.instanceProfileName,
          keyArn,
          after: [...vpc.wayOut(host.tier, host.zone), securityGroups.egressOf(role), profile.policy],
        },
        { parent },
      ).instanceId,
    ]),
  );
}
