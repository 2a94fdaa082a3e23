import * as pulumi from "@pulumi/pulumi";
import type { HostRole } from "../../blueprint/types";
import type { Grant } from "../grant";
import { renderedOf, type Foundation } from "./foundation";
import { Host } from "./host";
import { Profile } from "./profile";

/** All hosts of one role with their common identity, as children of `parent`. Instance ids by host name. */
export function fleet(
  parent: pulumi.ComponentResource,
  name: string,
  foundation: Foundation,
  role: HostRole,
  extra: Grant[],
): Map<string, pulumi.Output<string>> {
  const { blueprint, vpc, securityGroups, secrets, keyArn } = foundation;
  const hosts = blueprint.hosts.filter((host) => host.role === role);
  const profile = new Profile(
    `${name}-${role}`,
    { blueprint, role, plans: hosts.map((host) => renderedOf(foundation, host.name).plan), secrets, keyArn, extra },
    { parent },
  );
  return new Map(
    hosts.map((host) => [
      host.name,
      new Host(
        `${name}-${host.name}`,
        {
          blueprint,
          host,
          userData: renderedOf(foundation, host.name).userData,
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
