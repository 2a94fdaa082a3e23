import { mustText, objectAt, textAt, textsAt } from "../properties";
import { addressOf, contains, writtenAddress } from "./cidr";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";
import * as types from "./types";
import { mustBlock } from "./vpc";

/** AWS keeps the first four addresses and the last one of every subnet. */
const RESERVED = { first: 4, last: 1 };

/**
 * Takes an address of a subnet: the wanted one when it is free, or one that the cloud chooses. The cloud chooses from the end
 * of the subnet and leaves explicit reservations alone; the real one chooses any free address, so a fixed address is only
 * safe inside a reservation.
 */
export function takeAddress(cloud: Cloud, subnetId: string, wanted?: string): string {
  const block = mustBlock(mustText(cloud.must(types.SUBNET, subnetId).properties, "cidrBlock"));
  const used = usedAddresses(cloud, subnetId);
  const least = block.first + RESERVED.first;
  const most = block.last - RESERVED.last;
  if (wanted !== undefined) {
    const address = addressOf(wanted) ?? -1;
    if (!contains(block, { first: address, last: address, prefix: 32 }))
      throw new Refusal("InvalidParameterValue", `Address ${wanted} does not fall within the subnet's address range`);
    if (address < least || address > most) throw new Refusal("InvalidParameterValue", `Address ${wanted} is in subnet's reserved address range`);
    if (used.has(wanted)) throw new Refusal("InvalidIPAddress.InUse", `Address ${wanted} is in use.`);
    return wanted;
  }
  const reserved = cloud
    .all(types.SUBNET_RESERVATION)
    .filter((one) => one.properties["subnetId"] === subnetId)
    .map((one) => mustBlock(mustText(one.properties, "cidrBlock")));
  for (let address = most; address >= least; address -= 1) {
    if (!used.has(writtenAddress(address)) && !reserved.some((one) => address >= one.first && address <= one.last)) return writtenAddress(address);
  }
  throw new Refusal(
    "InsufficientFreeAddressesInSubnet",
    `There are not enough free addresses in subnet '${subnetId}' to satisfy the requested number of instances.`,
  );
}

function usedAddresses(cloud: Cloud, subnetId: string): Set<string> {
  const single = [types.INSTANCE, types.NAT_GATEWAY].flatMap((type) => cloud.all(type)).filter((one) => one.properties["subnetId"] === subnetId);
  const many = [types.VPC_ENDPOINT, types.LOAD_BALANCER].flatMap((type) => cloud.all(type)).map((one) => textAt(objectAt(one.internal, "addresses"), subnetId));
  return new Set(
    [...single.flatMap((one) => [textAt(one.properties, "privateIp"), ...textsAt(one.properties, "secondaryPrivateIps")]), ...many].filter(
      (one) => one !== undefined,
    ),
  );
}

/** One address in each of these subnets, by subnet id. */
export function takeAddresses(cloud: Cloud, subnetIds: string[]): Record<string, string> {
  return Object.fromEntries(subnetIds.map((id) => [id, takeAddress(cloud, id)]));
}

/** Refuses two subnets of one zone. */
export function oneSubnetAZone(cloud: Cloud, subnetIds: string[], refusal: (subnetId: string) => Refusal): void {
  const zones = new Set<string>();
  for (const id of subnetIds) {
    const zone = mustText(cloud.must(types.SUBNET, id).properties, "availabilityZone");
    if (zones.has(zone)) throw refusal(id);
    zones.add(zone);
  }
}

/** Refuses a security group of another VPC. */
export function groupsInVpc(cloud: Cloud, groupIds: string[], vpcId: string, refusal: (groupId: string) => Refusal): void {
  for (const id of groupIds) {
    const group = cloud.get(types.SECURITY_GROUP, id);
    const home = group === undefined ? cloud.by(types.VPC, "defaultSecurityGroupId", id)?.id : group.properties["vpcId"];
    if (home !== vpcId) throw refusal(id);
  }
}
