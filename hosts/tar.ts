/** What a tar is written in. */
export const blockBytes = 512;

/** A tar of small files whose bytes depend on names and contents only, in the order of their names. */
export function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, text]) => {
      const content = Buffer.from(text);
      return [header({ name, size: content.length, mode: 0o644, type: "0" }), content, padding(content.length)];
    });
  return Buffer.concat([...entries, Buffer.alloc(2 * blockBytes)]);
}

/** A POSIX extended header: a name that does not fit into the old one. */
export function longName(path: string): Buffer {
  const bare = Buffer.byteLength(` path=${path}\n`);
  // The record's length counts its own digits.
  const length = [1, 2, 3, 4].map((digits) => bare + digits).find((total, index) => String(total).length === index + 1) ?? 0;
  const record = Buffer.from(`${String(length)} path=${path}\n`);
  return Buffer.concat([header({ name: "pax", size: record.length, mode: 0o644, type: "x" }), record, padding(record.length)]);
}

/** The header of a file: no times, no owners. */
export function header({ name, size, mode, type }: { name: string; size: number; mode: number; type: "0" | "x" }): Buffer {
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

/** What fills a file's last block. */
export function padding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}
