/** A data item inside a bundle. */
export interface Entry {
  id: string;
  byteCount: number;
}

const wordBytes = 32;

/** The header of a bundle: the count, then size and identity of each item, 32 bytes each, as ANS-104 has it. */
export function encodeHeader(entries: readonly Entry[]): Buffer {
  const words = [word(entries.length), ...entries.flatMap(({ id, byteCount }) => [word(byteCount), Buffer.from(id, "base64url")])];
  return Buffer.concat(words);
}

export function headerBytes(count: number): number {
  return wordBytes * (1 + 2 * count);
}

/** Throws when the bytes are no header. */
export function decodeHeader(header: Buffer): Entry[] {
  const count = number(header, 0);
  if (header.length < headerBytes(count)) throw new Error(`bundle header: ${String(header.length)} bytes, needed ${String(headerBytes(count))}`);
  return Array.from({ length: count }, (_, index) => {
    const start = headerBytes(index);
    return { byteCount: number(header, start), id: header.subarray(start + wordBytes, start + 2 * wordBytes).toString("base64url") };
  });
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(wordBytes);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function number(header: Buffer, start: number): number {
  return Number(header.readBigUInt64LE(start));
}
