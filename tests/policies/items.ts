import type { Blueprint, Host } from "../../blueprint/types";
import type { ItemData } from "../../policies/stack/item";
import { Stack } from "../../policies/stack/stack";

/** A resource as the engine tells of it, below the platform of `items`. */
export function item(type: string, name: string, properties: Record<string, unknown>, references: Record<string, string[]> = {}): ItemData {
  return {
    urn: urnOf(type, name),
    type,
    name,
    properties,
    protected: false,
    parent: urnOf("ha:platform:Platform", "platform"),
    references,
    region: "us-east-1",
  };
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::ar-io-bundler-ha::${type}::${name}`;
}

/** URN of the subnet of a tier in a zone. */
export function subnetOf(tier: string, zone: string): string {
  return urnOf("aws:ec2/subnet:Subnet", `${tier}-${zone}`);
}

/** A platform as its blueprint says, with its subnets, its hosts, and what else is given: a stack that none of the stack files makes. */
export function stackOf(blueprint: Blueprint, ...others: ItemData[]): Stack {
  const { zones } = blueprint.network;
  const subnets = zones.flatMap(({ name, cidrs }) =>
    Object.entries(cidrs).map(([tier, cidrBlock]) => item("aws:ec2/subnet:Subnet", `${tier}-${name}`, { availabilityZone: name, cidrBlock })),
  );
  return new Stack([
    { ...item("ha:platform:Platform", "platform", { level: blueprint.level, blueprint }), parent: null },
    ...subnets,
    ...blueprint.hosts.map(instanceOf),
    ...others,
  ]);
}

function instanceOf({ name, role, tier, zone, address, instanceType }: Host): ItemData {
  return item("aws:ec2/instance:Instance", name, { privateIp: address, instanceType, tags: { "ha:role": role } }, { subnetId: [subnetOf(tier, zone)] });
}
