import type { HostRole, SubnetTier } from "../../blueprint/types";
import { Unreadable, type Item } from "./item";
import type { Region, Stack } from "./stack";

const subnetType = "aws:ec2/subnet:Subnet";

/** The zone of the one subnet that a resource stands in. Throws `Unreadable` when that is no subnet of the stack's. */
export function zoneOf(stack: Stack, item: Item): string {
  return subnet(stack, item, "subnetId").text("availabilityZone");
}

/** Zones of the subnets that a list comes from, each once. Throws `Unreadable` when they are no subnets of the stack's. */
export function zonesOf(stack: Stack, item: Item, property: string): string[] {
  subnet(stack, item, property);
  const zones = [...new Set(stack.referred(item, property, subnetType).map((one) => one.text("availabilityZone")))].sort();
  // It may have been made from more subnets than are in it.
  return item.knows(property) ? zones.slice(0, item.list(property).length) : zones;
}

/** Where a resource's subnets are: zone and network of each, in order. */
export function places(stack: Stack, item: Item, property: string): string[] {
  return stack
    .referred(item, property, subnetType)
    .map((subnet) => `${subnet.text("availabilityZone")} ${subnet.text("cidrBlock")}`)
    .sort();
}

/** Where the subnets of a tier should be, in the words of `places`. */
export function placesOf({ blueprint }: Region, tier: SubnetTier): string[] {
  return blueprint.network.zones.map(({ name, cidrs }) => `${name} ${cidrs[tier]}`).sort();
}

/** Instances of a region by the role in their tags, which are plain before an update as addresses of a group's machines are not. */
export function hostsOf(region: Region, role: HostRole): Item[] {
  return region.ofType("aws:ec2/instance:Instance").filter((instance) => instance.at("tags.ha:role") === role);
}

/** Auto Scaling groups of a region by the role that they give their machines. */
export function groupsOf(region: Region, role: HostRole): Item[] {
  return region
    .ofType("aws:autoscaling/group:Group")
    .filter((group) =>
      group.list("tags").some((_, index) => group.at(`tags.${String(index)}.key`) === "ha:role" && group.at(`tags.${String(index)}.value`) === role),
    );
}

/** Regions whose services run on hosts of their own. One that does not say so is among them: it then lacks the facts and fails. */
export function onOwnHosts(stack: Stack): Region[] {
  return stack.regions.filter(({ blueprint }) => blueprint.hosting !== "managed");
}

/** How many things the zone has that has most of them; zero where there are none. */
export function fullest(zones: readonly string[]): number {
  return Math.max(0, ...zones.map((zone) => zones.filter((one) => one === zone).length));
}

/** `2: us-east-1a, us-east-1b`. */
export function counted(values: readonly string[]): string {
  return `${String(values.length)}${values.length === 0 ? "" : `: ${values.join(", ")}`}`;
}

function subnet(stack: Stack, item: Item, property: string): Item {
  const [found] = stack.referred(item, property, subnetType);
  if (found === undefined) throw new Unreadable(item.urn, property, "of no subnet of the stack's, so its zone is not known", "subnets that the stack makes");
  return found;
}
