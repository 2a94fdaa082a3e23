import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { SetupFault } from "./fault";
import { runStep } from "./step";

/** Where a program is on PATH. Administrators' directories count too, which a user's PATH often lacks. */
export function which(program: string, path = process.env["PATH"] ?? ""): string | undefined {
  const directories = [...path.split(delimiter), "/usr/sbin", "/sbin"].filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, program)).find((file) => existsSync(file));
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** A program of the machine, or another file, and the Debian package that brings it. */
export interface Needed {
  program?: string;
  file?: string;
  debianPackage: string;
}

/** Installs what is missing when that is possible (root on Debian); otherwise throws one line with the remedy. */
export async function needPrograms(needed: readonly Needed[]): Promise<void> {
  const packages = missingPackages(needed);
  if (packages.length === 0) return;
  const list = packages.join(" ");
  if (!isRoot() || which("apt-get") === undefined) throw new SetupFault(`${list}: missing on this machine; run: sudo apt-get install ${list}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const log = join(tmpdir(), `apt-get-${String(process.pid)}.log`);
  await runStep({ title: "Reading Debian's package lists", program: "apt-get", argv: ["update"], environment, log });
  await runStep({ title: `Installing ${list}`, program: "apt-get", argv: ["install", "--yes", "--no-install-recommends", ...packages], environment, log });
  const still = missingPackages(needed);
  if (still.length > 0) throw new SetupFault(`${still.join(" ")}: still missing after apt-get install; see ${log}`);
}

function missingPackages(needed: readonly Needed[]): string[] {
  const missing = needed.filter((one) => (one.program !== undefined && which(one.program) === undefined) || (one.file !== undefined && !existsSync(one.file)));
  return [...new Set(missing.map((one) => one.debianPackage))];
}
