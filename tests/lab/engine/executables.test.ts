import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepNoEngineLogs } from "../../../lab/engine/executables";

describe("the engine's own logs", () => {
  it("are not kept, also where an older lab kept some", () => {
    const home = mkdtempSync(join(tmpdir(), "pulumi-home-"));
    try {
      mkdirSync(join(home, "logs"));
      writeFileSync(join(home, "logs", "pulumi-1.log"), "old");
      keepNoEngineLogs(home);
      keepNoEngineLogs(home);
      assert.ok(statSync(join(home, "logs")).isFile());
      assert.equal(readFileSync(join(home, "logs"), "utf8"), "");
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
