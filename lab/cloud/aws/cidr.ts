/** An IPv4 block as numbers; `first` and `last` are inclusive. */
export interface Block {
  first: number;
  last: number;
  prefix: number;
}

/** An IPv4 address as a number; undefined when it is none. */
export function addressOf(written: string): number | undefined {
  const parts = written.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => value * 256 + Number(part), 0);
}

/** A number as an IPv4 address. */
export function writtenAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
}

/** A CIDR block; undefined when it is none or has bits set after its prefix. */
export function blockOf(written: string): Block | undefined {
  const [start, length, ...rest] = written.split("/");
  const first = addressOf(start ?? "");
  if (first === undefined || length === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32) return undefined;
  const size = 2 ** (32 - Number(length));
  return first % size === 0 ? { first, last: first + size - 1, prefix: Number(length) } : undefined;
}

export const overlaps = (left: Block, right: Block): boolean => left.first <= right.last && right.first <= left.last;
export const contains = (outer: Block, inner: Block): boolean => outer.first <= inner.first && inner.last <= outer.last;

/** Rule of a property: an IPv4 CIDR block. */
export function isBlock(written: string): string | undefined {
  return blockOf(written) === undefined ? `"${written}" is not a valid IPv4 CIDR block, or its address is not the network's own` : undefined;
}

/** Rule of a property: an IPv4 address. */
export function isAddress(written: string): string | undefined {
  return addressOf(written) === undefined ? `expected a valid IPv4 address, got ${written}` : undefined;
}
