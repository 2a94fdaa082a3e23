import { debianRoot } from "./debian/root";
import { findEngine } from "./engine/cli";
import { runMain, SetupFault } from "./setup/fault";
import { repository } from "./setup/paths";
import { attach } from "./setup/process";
import { summaryOf, type Outcome } from "./test/outcome";
import { runSuite } from "./test/run";
import { filesOf } from "./test/suites";

/** `make test` (`all`) and `make check` (`fast`): set-up, then every check, all of them even when one fails; ends with what failed and the sum. */
runMain(async () => {
  const everything = process.argv[2] === "all";
  const validators = everything ? wantsValidators(process.env) : "no";
  if (everything) await findEngine();
  if (validators === "yes") await debianRoot();
  const outcomes = [
    await tool("lint", "eslint/bin/eslint.js", ["."]),
    await tool("format", "prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]),
    await tool("types", "typescript/bin/tsc", []),
    await runSuite("unit", filesOf("unit")),
  ];
  if (validators === "yes") outcomes.push(await runSuite("validators", filesOf("validators")));
  if (everything) outcomes.push(await runSuite("engine", filesOf("engine")));
  if (validators === "skipped") process.stdout.write("\nvalidators: left out, as SKIP_VALIDATORS=1 says\n");
  process.stdout.write(`\n${summaryOf(outcomes)}`);
  return outcomes.every((outcome) => outcome.failures.length === 0) ? 0 : 1;
});

/** Leaving the validators out must be said by a person; CI may not. */
function wantsValidators(environment: NodeJS.ProcessEnv): "yes" | "skipped" {
  if (environment["SKIP_VALIDATORS"] !== "1") return "yes";
  if (environment["CI"] === "true") throw new SetupFault("SKIP_VALIDATORS=1: not in CI, where every validator runs; unset it");
  return "skipped";
}

/** A check that is one program: it counts as one. */
async function tool(name: string, program: string, argv: readonly string[]): Promise<Outcome> {
  const began = Date.now();
  process.stdout.write(`\n${name}\n`);
  const status = await attach(process.execPath, [`${repository}/node_modules/${program}`, ...argv], { cwd: repository });
  process.stdout.write(`  ${status === 0 ? "passed" : "FAILED"} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
  return status === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [name] };
}
