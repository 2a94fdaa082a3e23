/** Sixteen addresses of a subnet that AWS must not hand out by itself. */
export interface HostBlock {
  cidr: string;
  /** Where it begins in its subnet, which no other host changes: the last octet, behind how many times 256 addresses are before. */
  name: string;
}

/**
 * The blocks of sixteen that hold these addresses of a subnet. Interfaces of endpoints, NAT gateways and load balancers take any
 * free address, so without a reservation one of them may take a host's. Adding a host adds a block at most and changes none.
 */
export function hostBlocks(addresses: readonly string[], subnetCidr: string): HostBlock[] {
  const [first = ""] = subnetCidr.split("/");
  const thirdOfSubnet = octets(first)[2];
  const starts = addresses.map((address) => {
    const [a, b, c, d] = octets(address);
    const lastOctet = String(d - (d % 16));
    return { cidr: `${[a, b, c].join(".")}.${lastOctet}/28`, name: c === thirdOfSubnet ? lastOctet : `${String(c - thirdOfSubnet)}-${lastOctet}` };
  });
  return [...new Map(starts.map((block) => [block.cidr, block])).values()];
}

function octets(address: string): [number, number, number, number] {
  return address.split(".").map(Number) as [number, number, number, number];
}
