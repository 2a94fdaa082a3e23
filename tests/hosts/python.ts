import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** Runs the Python tests of `tests/<of>/<folder>` with `<of>/<folder>` importable. Fails when one fails or none ran. */
export function runPythonTests(folder: string, of: "hosts" | "components" = "hosts"): void {
  const run = spawnSync("python3", ["-m", "unittest", "discover", "-s", join(root, "tests", of, folder), "-p", "test_*.py"], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: join(root, of, folder), PYTHONDONTWRITEBYTECODE: "1", PYTHONWARNINGS: "error::ResourceWarning" },
  });
  assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
  const ran = Number(/^Ran (\d+) tests?/m.exec(run.stderr)?.[1] ?? "0");
  assert.ok(ran > 0, `no Python test was found in tests/${of}/${folder}`);
}
