import { createHash } from "node:crypto";
import type { Blueprint, ManagedBlueprint } from "../../blueprint/types";
import { programDirectory, rootFile } from "../files";
import { healthProgram } from "../health/units";
import { programText } from "../program";
import { tarOf } from "../tar";
import type { HostArtifact, HostFile } from "../types";

/** The platform's own programs on an application host. */
const names = ["cut", "endpoints", "migrate", "health", "singleton", "lease_table", "drain", "backlog"] as const;
export type Program = (typeof names)[number];

const fileName = (program: Program): string => `bundler_${program}.py`;
const content = (program: Program): string => (program === "health" ? healthProgram.content : programText(__dirname, fileName(program)));

/** Where an artifact puts them: it replaces the directory as a whole. */
const artifactDirectory = "/opt/bundler/programs";

/** Where a program is. */
export function programPath({ hosting }: Blueprint, program: Program): string {
  return `${hosting === "managed" ? artifactDirectory : programDirectory}/${fileName(program)}`;
}

/** Programs as files of user data. Those of a managed stack's machines are more than user data has room for: they come as an artifact. */
export function programFiles(blueprint: Blueprint, ...programs: Program[]): HostFile[] {
  return blueprint.hosting === "managed" ? [] : programs.map((program) => rootFile(programPath(blueprint, program), content(program)));
}

/** All programs in one archive, which the stack puts into its own bucket under a name that says what is in it. */
export function programsArchive({ programs }: ManagedBlueprint): { key: string; bytes: Buffer; artifact: HostArtifact } {
  const bytes = tarOf(Object.fromEntries(names.map((program) => [fileName(program), content(program)])));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const key = `programs-${sha256}.tar`;
  return {
    key,
    bytes,
    artifact: { name: "programs", url: `s3://${programs.bucket}/${key}`, sha256, destination: artifactDirectory, unpack: "tar", mode: "0755" },
  };
}
