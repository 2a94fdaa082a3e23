import type { LabHost, LabPlatform } from "../platform";
import { gatewayOf, outside, prefixOf, zoneLink } from "./addresses";

/** Everything of the lab that the kernel has a name for begins with this, so that it can be found again. */
export const prefix = "bundler-";

/** Names of the network namespaces. */
export const namespaces = {
  core: `${prefix}core`,
  client: `${prefix}client`,
  zone: (letter: string): string => `${prefix}zone-${letter}`,
  host: (name: string): string => `${prefix}${name}`,
};

/** Where a zone's hosts meet, in the zone's namespace. */
const bridge = "hosts";
/** A zone's way to the rest of the region, in the zone's namespace. */
export const uplink = "region";

/** Commands of one namespace, as `ip -batch` takes them. */
export interface Batch {
  namespace: string;
  commands: string[];
}

/** What every region has, whatever is in it: a core with AWS's addresses, and clients outside. */
export function coreBatches(): Batch[] {
  return [
    {
      namespace: namespaces.core,
      commands: [
        "link set lo up",
        ...[outside.metadata, outside.resolver, outside.aws, outside.debian, outside.arweave].map((address) => `address add ${address}/32 dev lo`),
        `link add clients type veth peer name internet netns ${namespaces.client}`,
        `address add ${outside.clientRouter}/30 dev clients`,
        "link set clients up",
      ],
    },
    {
      namespace: namespaces.client,
      commands: ["link set lo up", `address add ${outside.client}/30 dev internet`, "link set internet up", `route add default via ${outside.clientRouter}`],
    },
  ];
}

/** The zones: a namespace each with a bridge and the subnets' gateways, and its way to the core. */
export function zoneBatches(platform: LabPlatform): Batch[] {
  const zones = platform.zones.map((zone, index) => ({ ...zone, link: zoneLink(index), namespace: namespaces.zone(zone.letter), core: `zone-${zone.letter}` }));
  const endpoints = (zone: string): string[] =>
    platform.endpoints.flatMap((endpoint) => endpoint.addresses.filter((one) => one.zone === zone).map(({ address }) => address));
  return [
    {
      namespace: namespaces.core,
      commands: [
        ...zones.flatMap((zone) => [
          `link add ${zone.core} type veth peer name ${uplink} netns ${zone.namespace}`,
          `address add ${zone.link.core}/30 dev ${zone.core}`,
          `link set ${zone.core} up`,
          ...zone.subnets.map((subnet) => `route add ${subnet} via ${zone.link.zone}`),
        ]),
      ],
    },
    ...zones.map((zone) => ({
      namespace: zone.namespace,
      commands: [
        "link set lo up",
        `link add ${bridge} type bridge forward_delay 0`,
        `link set ${bridge} up`,
        ...zone.subnets.map((subnet) => `address add ${gatewayOf(subnet)}/${prefixOf(subnet)} dev ${bridge}`),
        ...endpoints(zone.name).map((address) => `address add ${address}/32 dev ${bridge}`),
        `address add ${zone.link.zone}/30 dev ${uplink}`,
        `link set ${uplink} up`,
        `route add default via ${zone.link.core}`,
      ],
    })),
  ];
}

/** A host's interface: its private address, on its zone's bridge. */
export function hostBatches(platform: LabPlatform, host: LabHost): Batch[] {
  const zone = platform.zones.find((one) => one.name === host.zone);
  if (zone === undefined) throw new Error(`host ${host.name}: its zone ${host.zone} has no subnet in the stack`);
  return [
    {
      namespace: namespaces.zone(zone.letter),
      commands: [
        `link add ${host.name} type veth peer name eth0 netns ${namespaces.host(host.name)}`,
        `link set ${host.name} master ${bridge}`,
        `link set ${host.name} up`,
      ],
    },
    {
      namespace: namespaces.host(host.name),
      commands: [
        "link set lo up",
        `address add ${host.address}/${prefixOf(host.subnetCidr)} dev eth0`,
        "link set eth0 up",
        `route add default via ${gatewayOf(host.subnetCidr)}`,
      ],
    },
  ];
}
