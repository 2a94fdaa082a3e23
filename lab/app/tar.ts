import { createReadStream, createWriteStream, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { blockBytes, header, longName, padding } from "../../hosts/tar";

/** A file and where it is in the archive. */
export interface TarEntry {
  path: string;
  source: string;
  /** Octal permissions. */
  mode: number;
}

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
