/** `mocha.ts RESULTS FILE…`: runs test files as .mocharc.json says, and writes how many passed and failed when it came to its end. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { repository } from "../setup/paths";

const [results, ...files] = process.argv.slice(2);
if (results === undefined) throw new Error("mocha.ts: needs the path of its results file");

const options = JSON.parse(readFileSync(join(repository, ".mocharc.json"), "utf8")) as Mocha.MochaOptions;
const mocha = new Mocha({ ...options, reporter: "spec" });
for (const file of files) mocha.addFile(file);

const counts = { passed: 0, failed: 0 };
const runner = mocha.run(() => {
  writeFileSync(results, JSON.stringify(counts));
  // A daemon or a socket that a test left behind must not keep the run alive.
  process.exit(counts.failed === 0 ? 0 : 1);
});
runner.on("pass", () => {
  counts.passed += 1;
});
// A failed hook is an event of its own, and so is a skipped test under forbidPending.
runner.on("fail", () => {
  counts.failed += 1;
});
