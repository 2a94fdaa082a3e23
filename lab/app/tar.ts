import { createReadStream, createWriteStream, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** A file and where it is in the archive. */
export interface TarEntry {
  path: string;
  source: string;
  /** Octal permissions. */
  mode: number;
}

const blockBytes = 512;

/** Files below a directory as entries below a prefix. A directory behind a link counts, if the link is the directory given. */
export function entriesBelow(directory: string, prefix = ""): TarEntry[] {
  const root = realpathSync(directory);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((source) => ({ path: `${prefix}${source.slice(root.length + 1)}`, source, mode: 0o644 }));
}

/**
 * Writes a gzipped tar whose bytes depend on names, modes and contents only: entries in order of their names, no times, no
 * owners, no directories (who unpacks makes them).
 */
export async function writeTar(entries: readonly TarEntry[], file: string): Promise<void> {
  const sorted = [...entries].sort((one, other) => (one.path < other.path ? -1 : 1));
  // The lowest level: hosts unpack it more often than it is moved far.
  await pipeline(Readable.from(tarBytes(sorted)), createGzip({ level: 1 }), createWriteStream(file));
}

async function* tarBytes(entries: readonly TarEntry[]): AsyncGenerator<Buffer> {
  for (const { path, source, mode } of entries) {
    const size = statSync(source).size;
    if (Buffer.byteLength(path) > 100) yield longName(path);
    yield header({ name: path, size, mode, type: "0" });
    for await (const part of createReadStream(source)) yield part as Buffer;
    yield padding(size);
  }
  yield Buffer.alloc(2 * blockBytes);
}

/** A POSIX extended header: a name that does not fit into the old one. */
function longName(path: string): Buffer {
  const bare = Buffer.byteLength(` path=${path}\n`);
  // The record's length counts its own digits.
  const length = [1, 2, 3, 4].map((digits) => bare + digits).find((total, index) => String(total).length === index + 1) ?? 0;
  const record = Buffer.from(`${String(length)} path=${path}\n`);
  return Buffer.concat([header({ name: "pax", size: record.length, mode: 0o644, type: "x" }), record, padding(record.length)]);
}

function header({ name, size, mode, type }: { name: string; size: number; mode: number; type: "0" | "x" }): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0, 100);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(" ".repeat(8), 148);
  block.write(type, 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\u0000 `, 148);
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

function padding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}
