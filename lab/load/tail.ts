import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

/** Reads a file that grows, each line once: whoever asks several times a second must not read minutes anew each time. */
export class Tail {
  private offset = 0;
  private rest: Buffer = Buffer.alloc(0);

  public constructor(private readonly file: string) {}

  /** Whole lines that were added since it was last asked; none while there is no file. */
  public lines(): string[] {
    const bytes = Buffer.concat([this.rest, this.added()]);
    const end = bytes.lastIndexOf("\n") + 1;
    this.rest = bytes.subarray(end);
    return bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
  }

  private added(): Buffer {
    if (!existsSync(this.file)) return Buffer.alloc(0);
    const descriptor = openSync(this.file, "r");
    try {
      const added = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - this.offset));
      const read = readSync(descriptor, added, 0, added.length, this.offset);
      this.offset += read;
      return added.subarray(0, read);
    } finally {
      closeSync(descriptor);
    }
  }
}
