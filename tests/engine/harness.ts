import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { namespace } from "../../config/settings";
import { openLab, type Lab } from "../../lab/engine/lab";
import { repository } from "../../lab/setup/paths";
import type { Completed } from "../../lab/setup/process";
import { goodConfig } from "../fixtures/good";

/** Building the CLI is part of the first test on a machine. */
const SETUP_MILLISECONDS = 900_000;

/** A lab of its own, empty at first, for the tests of one `describe`. It lies inside the clone, whose npm packages its programs use. */
export function useLab(): () => Lab {
  let lab: Lab | undefined;
  before(async function () {
    this.timeout(SETUP_MILLISECONDS);
    mkdirSync(join(repository, ".lab"), { recursive: true });
    lab = await openLab(mkdtempSync(join(repository, ".lab", "test-")));
  });
  after(() => {
    if (lab !== undefined) rmSync(lab.home, { recursive: true, force: true });
  });
  return () => {
    assert.ok(lab !== undefined, "the lab is not open yet");
    return lab;
  };
}

/** A program of one file, with a stack file, started as ours is. Gives its directory. */
export async function makeProgram(lab: Lab, name: string, source: string, config: Readonly<Record<string, string>> = {}): Promise<string> {
  const directory = join(lab.home, "programs", name);
  mkdirSync(directory, { recursive: true });
  const own = readFileSync(join(repository, "Pulumi.yaml"), "utf8");
  writeFileSync(join(directory, "Pulumi.yaml"), own.replace(/^name: .*$/m, `name: ${name}`).replace("./start.cjs", join(repository, "start.cjs")));
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name, main: "index.ts", dependencies: { "@pulumi/pulumi": "*", "@pulumi/random": "*" } }));
  writeFileSync(join(directory, "index.ts"), source);
  const lines = Object.entries(config).map(([key, value]) => `  ${name}:${key}: ${JSON.stringify(value)}\n`);
  writeFileSync(join(directory, "Pulumi.dev.yaml"), `config:\n${lines.join("")}`);
  await lab.ensureStack("dev", name);
  return directory;
}

/** The embedded cloud's own record of what exists. */
export function recordOf(lab: Lab): { type: string; id: string; properties: Record<string, unknown> }[] {
  const { resources } = JSON.parse(readFileSync(lab.record, "utf8")) as {
    resources: Record<string, { type: string; id: string; properties: Record<string, unknown> }>;
  };
  return Object.values(resources);
}

/** Fails with all that the command said unless it succeeded. */
export function succeeded(run: Completed): Completed {
  assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
  return run;
}

/** An update that asks nobody and says little. */
export const up = ["up", "--yes", "--skip-preview", "--suppress-outputs", "--non-interactive"];

/** Text of the level 1 stack file with these overrides. */
export function stackText(overrides: Record<string, unknown> = {}): string {
  return stringify({ config: Object.fromEntries(Object.entries(goodConfig(overrides)).map(([key, value]) => [`${namespace}:${key}`, value])) });
}
