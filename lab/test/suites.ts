import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { repository } from "../setup/paths";

/** `unit` needs npm packages only; `validators` a Debian root; `engine` the Pulumi CLI, and so does `pack`, the policies on the real engine. */
export const suites = ["unit", "validators", "engine", "pack"] as const;
export type Suite = (typeof suites)[number];

/** Test files of a suite, by where they are below `tests/`. */
export function filesOf(suite: Suite, repositoryDirectory = repository): string[] {
  const tests = join(repositoryDirectory, "tests");
  return readdirSync(tests, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && suiteOf(file) === suite)
    .sort()
    .map((file) => join(tests, file));
}

/** The suite of a path below `tests/`. */
export function suiteOf(file: string): Suite {
  const [folder] = file.split(sep);
  return suites.find((suite) => suite === folder) ?? "unit";
}
