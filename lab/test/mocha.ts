/** `mocha.ts RESULTS FILE…`: runs test files as .mocharc.json says, and writes how many passed, and what failed and why, when it came to its end. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { repository } from "../setup/paths";
import type { Outcome } from "./outcome";

const [results, ...files] = process.argv.slice(2);
if (results === undefined) throw new Error("mocha.ts: needs the path of its results file");

const options = JSON.parse(readFileSync(join(repository, ".mocharc.json"), "utf8")) as Mocha.MochaOptions;
const mocha = new Mocha({ ...options, reporter: "spec" });
for (const file of files) mocha.addFile(file);

const outcome: Outcome = { passed: 0, failures: [] };
const runner = mocha.run(() => {
  writeFileSync(results, JSON.stringify(outcome));
  // A daemon or a socket that a test left behind must not keep the run alive.
  process.exit(outcome.failures.length === 0 ? 0 : 1);
});
runner.on("pass", () => {
  outcome.passed += 1;
});
// A failed hook is an event of its own, and so is a skipped test under forbidPending.
runner.on("fail", (test, error: Error) => {
  outcome.failures.push(`${test.fullTitle()}: ${error.message}`);
});
