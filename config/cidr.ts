/** An IPv4 network as numbers. */
export interface Cidr {
  /** First address. */
  base: number;
  prefix: number;
}

/** Reads `10.0.0.0/16`; null when it is not a network written with its first address. */
export function parseCidr(text: string): Cidr | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (parts === null) return null;
  const [a, b, c, d, prefix] = parts.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return null;
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  return base % 2 ** (32 - prefix) === 0 ? { base, prefix } : null;
}

/** Reads a network that the schema has already accepted. Throws when it has not. */
export function cidrOf(text: string): Cidr {
  const network = parseCidr(text);
  if (network === null) throw new Error(`network: given ${text}, needed an IPv4 network that the settings schema accepted`);
  return network;
}

/** Number of addresses. */
export function sizeOf(network: Cidr): number {
  return 2 ** (32 - network.prefix);
}

/** Whether `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.base >= outer.base && inner.base + sizeOf(inner) <= outer.base + sizeOf(outer);
}

/** Whether two networks share an address. */
export function overlap(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one);
}

/** The `index`th of the sixteen equal parts of a network. */
export function sixteenth(network: Cidr, index: number): Cidr {
  const part: Cidr = { base: network.base, prefix: network.prefix + 4 };
  return { ...part, base: part.base + index * sizeOf(part) };
}

/** `10.0.0.0/16`. */
export function formatCidr(network: Cidr): string {
  return `${formatAddress(network.base)}/${network.prefix}`;
}

/** The address at an offset from a network's first one, as text. */
export function addressAt(network: Cidr, offset: number): string {
  return formatAddress(network.base + offset);
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
