import { readFileSync } from "node:fs";
import { join } from "node:path";

const commentLine = /^ *#(?!!).*\n/gm;
/** Of a program's own description: its first line, and what follows that. */
const description = /^"""((?:(?!""").)*)\n[^]*?"""\n/;

/**
 * One of the platform's own programs as hosts get it: without its comments, and of its description the first line. User data has
 * room for 16 kB, of which they were a tenth on database hosts. It does the same (`tests/hosts/programs.test.ts`).
 */
export function programText(directory: string, name: string): string {
  return readFileSync(join(directory, name), "utf8").replace(commentLine, "").replace(description, '"""$1"""\n');
}
