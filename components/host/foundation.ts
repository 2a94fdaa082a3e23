import type * as pulumi from "@pulumi/pulumi";
import type { Blueprint, ManagedBlueprint, SelfHostedBlueprint } from "../../blueprint/types";
import type { HostPlan } from "../../hosts/types";
import type { InternalZone } from "../network/internal-zone";
import type { SecurityGroups } from "../network/security-groups";
import type { Vpc } from "../network/vpc";
import type { SecretSource } from "../secrets/source";

/** What every role stands on. */
export interface Foundation<B extends Blueprint = Blueprint> {
  blueprint: B;
  /** Files and user data of each host and group by name, rendered before anything is registered. */
  rendered: Map<string, { plan: HostPlan; userData: string }>;
  vpc: Vpc;
  securityGroups: SecurityGroups;
  secrets: SecretSource;
  /** The key that encrypts everything at rest. */
  keyArn: pulumi.Output<string>;
  /** Public zone in which the domain's record is made; null when somebody else makes it. */
  publicZoneId: pulumi.Input<string> | null;
}

/** Of own hosts. */
export type OwnFoundation = Foundation<SelfHostedBlueprint>;

/** With the private names that hosts know managed services by. */
export interface ManagedFoundation extends Foundation<ManagedBlueprint> {
  internalZone: InternalZone;
  /** The database over both regions that a second region's joins; null in the first. */
  globalDatabase: pulumi.Input<string> | null;
}

/** Of either hosting: what a role component chooses by. */
export type AnyFoundation = OwnFoundation | ManagedFoundation;

/** Whether the cloud runs the services. */
export function isManaged(foundation: AnyFoundation): foundation is ManagedFoundation {
  return foundation.blueprint.hosting === "managed";
}

/** Files and user data of a host or a group. Throws when they were not rendered. */
export function renderedOf({ rendered }: Foundation, name: string): { plan: HostPlan; userData: string } {
  const found = rendered.get(name);
  if (found === undefined) throw new Error(`host ${name}: its files were not rendered`);
  return found;
}
