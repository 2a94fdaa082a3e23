/** Sixteen addresses of a subnet that AWS must not hand out by itself. */
export interface HostBlock {
  cidr: string;
  /** Last octet of its first address: its name within the subnet, which no other host changes. */
  lastOctet: string;
}

/**
 * The blocks of sixteen that hold these addresses. Interfaces of endpoints, NAT gateways and load balancers take any free
 * address, so without a reservation one of them may take a host's. Adding a host adds a block at most and changes none.
 */
export function hostBlocks(addresses: readonly string[]): HostBlock[] {
  const starts = addresses.map((address) => {
    const [a, b, c, d] = address.split(".").map(Number) as [number, number, number, number];
    const lastOctet = String(d - (d % 16));
    return { cidr: `${[a, b, c].join(".")}.${lastOctet}/28`, lastOctet };
  });
  return [...new Map(starts.map((block) => [block.cidr, block])).values()];
}
