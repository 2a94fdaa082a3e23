import assert from "node:assert/strict";
import type { HostFile } from "../../hosts/types";
import { debianRoot, runInRoot } from "../../lab/debian/root";

export { debianRoot, runInRoot };

/** Runs a check in the Debian 13 root and fails with all that it said unless it came to its end. */
export async function runCheck(files: HostFile[], argv: string[], mounts: Readonly<Record<string, string>> = {}): Promise<void> {
  const run = await runInRoot(files, argv, mounts);
  assert.ok(run.status === 0 && run.stdout.trimEnd().endsWith("CHECKED"), `${argv.slice(0, 3).join(" ")}\n${run.stdout}\n${run.stderr}`);
}
