import { addressAt, cidrOf } from "../../../config/cidr";

/** Addresses outside the VPC. Those of AWS are its own; the others are reserved for documentation (RFC 5737) and reach nobody. */
export const outside = {
  /** Instance metadata. */
  metadata: "169.254.169.254",
  /** The VPC's resolver. */
  resolver: "169.254.169.253",
  /** Public endpoints of AWS's services. */
  aws: "192.0.2.10",
  /** Debian's mirror. */
  debian: "192.0.2.20",
  /** An Arweave gateway. */
  arweave: "192.0.2.30",
  /** Where requests of clients come from, and the router before them. */
  client: "198.51.100.2",
  clientRouter: "198.51.100.1",
} as const;

/** The two ends of the link between a zone and the region's core: `core`, `zone`. */
export function zoneLink(index: number): { core: string; zone: string } {
  const network = cidrOf(`100.64.${String(index)}.0/30`);
  return { core: addressAt(network, 1), zone: addressAt(network, 2) };
}

/** The router's address in a subnet: its first. */
export function gatewayOf(cidr: string): string {
  return addressAt(cidrOf(cidr), 1);
}

/** `10.20.0.0/20` → `20`. */
export function prefixOf(cidr: string): string {
  return cidr.split("/")[1] ?? "32";
}
