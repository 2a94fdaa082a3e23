import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../setup/paths";
import { attach, capture } from "../setup/process";
import { outcomeSchema, type Outcome } from "./outcome";

/**
 * Runs test files in a process of their own. A run that did not come to its end, or ran no test, counts as one more failure. What it says is
 * said as it runs, or in one piece when it has ended, beside another run.
 */
export async function runSuite(name: string, files: readonly string[], said: "asItRuns" | "atItsEnd" = "asItRuns"): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), "bundler-test-"));
  const results = join(directory, "results.json");
  try {
    const loader = join(repository, "node_modules/tsx/dist/cjs/index.cjs");
    const argv = ["--require", loader, join(__dirname, "mocha.ts"), results, ...files];
    if (said === "asItRuns") {
      process.stdout.write(`\n${name}\n`);
      await attach(process.execPath, argv, { cwd: repository });
    } else {
      const { stdout, stderr } = await capture(process.execPath, argv, { cwd: repository });
      process.stdout.write(`\n${name}\n${stdout}${stderr}`);
    }
    return verdict(name, readResults(results));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function verdict(name: string, outcome: Outcome | undefined): Outcome {
  if (outcome === undefined) return { passed: 0, failures: [`${name}: its run did not come to its end`] };
  if (outcome.passed + outcome.failures.length === 0) return { passed: 0, failures: [`${name}: ran no test`] };
  return outcome;
}

function readResults(file: string): Outcome | undefined {
  try {
    return outcomeSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
