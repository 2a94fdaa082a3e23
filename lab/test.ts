import { debianRoot } from "./debian/root";
import { findEngine } from "./engine/cli";
import { runMain, SetupFault } from "./setup/fault";
import { repository } from "./setup/paths";
import { capture } from "./setup/process";
import { summaryOf, type Outcome } from "./test/outcome";
import { runSuite } from "./test/run";
import { filesOf } from "./test/suites";

/** `make test` (`all`) and `make check` (`fast`): set-up, then every check, all of them even when one fails; ends with what failed and the sum. */
runMain(async () => {
  const everything = process.argv[2] === "all";
  const validators = everything ? wantsValidators(process.env) : "no";
  if (everything) await findEngine();
  if (validators === "yes") await debianRoot();
  // Neither what reads the code nor the unit tests use more than one core.
  const outcomes = (await Promise.all([readCode(), runSuite("unit", filesOf("unit")).then((unit) => [unit])])).flat();
  if (validators === "yes") outcomes.push(await runSuite("validators", filesOf("validators")));
  // A command of the engine's leaves a third of two cores idle. No validator runs beside them: those time daemons.
  if (everything) outcomes.push(...(await Promise.all([runSuite("engine", filesOf("engine")), runSuite("pack", filesOf("pack"), "atItsEnd")])));
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

async function readCode(): Promise<Outcome[]> {
  return [
    await tool("lint", "eslint/bin/eslint.js", ["."]),
    await tool("format", "prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]),
    await tool("types", "typescript/bin/tsc", []),
  ];
}

/** A check that is one program: it counts as one. Said when it has ended, in one piece, since something else runs beside it. */
async function tool(name: string, program: string, argv: readonly string[]): Promise<Outcome> {
  const began = Date.now();
  const { status, stdout, stderr } = await capture(process.execPath, [`${repository}/node_modules/${program}`, ...argv], { cwd: repository });
  process.stdout.write(`\n${name}\n${stdout}${stderr}  ${status === 0 ? "passed" : "FAILED"} (${((Date.now() - began) / 1000).toFixed(1)} s)\n\n`);
  return status === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [name] };
}
