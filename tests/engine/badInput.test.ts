import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { stringify } from "yaml";
import { namespace } from "../../config/settings";
import { badConfigs } from "../fixtures/badConfigs";
import { recordOf, useLab } from "./harness";

describe("a stack file with a fault, on the real engine", function () {
  this.timeout(60_000);
  const lab = useLab();

  for (const bad of badConfigs()) {
    it(`${bad.name}: says its one error and creates nothing`, async () => {
      await lab().ensureStack("level1");
      const config = stringify({ config: Object.fromEntries(Object.entries(bad.config).map(([key, value]) => [`${namespace}:${key}`, value])) });
      const run = await lab().capture(["up", "--yes", "--skip-preview", "--non-interactive", "--color", "never"], { stack: "level1", config });
      assert.notEqual(run.status, 0);
      const said = `${run.stdout}${run.stderr}`;
      assert.ok(said.includes(bad.error), said);
      assert.doesNotMatch(said, /^\s+at .*\(/m, "a stack trace is no message for an operator");
      assert.ok(!existsSync(lab().record) || recordOf(lab()).length === 0, "something was created");
    });
  }
});
