import type { Host } from "../../../blueprint/types";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Region, Stack } from "../../stack/stack";

export const hostsAsPromised = rule({
  name: "hosts-as-promised",
  group: "facts",
  description: "every host of the blueprint is one instance, of its type, at its address, in its zone, and there is no other",
  why: "Every sum of the promise counts hosts and zones as the blueprint has them; an instance elsewhere makes them wrong.",
  judge: (stack) => stack.regions.flatMap((region) => judgeRegion(stack, region)),
});

function judgeRegion(stack: Stack, region: Region): Violation[] {
  const { hosts } = region.blueprint;
  const instances = region.ofType("aws:ec2/instance:Instance");
  const byAddress = new Map(instances.map((instance) => [instance.text("privateIp"), instance]));
  const addresses = new Set(hosts.map(({ address }) => address));
  return [
    ...hosts.flatMap((host) => {
      const instance = byAddress.get(host.address);
      return instance === undefined ? [missing(region, host)] : differences(stack, host, instance);
    }),
    ...instances
      .filter((instance) => !addresses.has(instance.text("privateIp")))
      .map((instance) => ({
        urn: instance.urn,
        promised: "no host beyond those of the blueprint",
        found: `an instance at ${instance.text("privateIp")}`,
        fix: "remove it, or let the program make it",
      })),
  ];
}

function missing(region: Region, { name, address }: Host): Violation {
  return {
    urn: region.platform.urn,
    promised: `${name} at ${address}`,
    found: "no instance has that address",
    fix: "deploy the program whole: it makes an instance of each host",
  };
}

function differences(stack: Stack, host: Host, instance: Item): Violation[] {
  const [template] = stack.referred(instance, "launchTemplate", "aws:ec2/launchTemplate:LaunchTemplate");
  const [subnet] = stack.referred(instance, "subnetId", "aws:ec2/subnet:Subnet");
  const facts: [string, string, string][] = [
    ["zone", host.zone, subnet?.text("availabilityZone") ?? "no subnet of the stack's"],
    ["type", host.instanceType, template?.text("instanceType") ?? "no launch template of the stack's"],
  ];
  return facts
    .filter(([, promised, found]) => promised !== found)
    .map(([what, promised, found]) => ({
      urn: instance.urn,
      promised: `${host.name} has ${what} ${promised}`,
      found,
      fix: `change the ${what} in the stack's config, from which blueprint and instance are both made`,
    }));
}
