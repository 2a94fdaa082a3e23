import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtVersion, isAtLeast, oldestVersion } from "../../../lab/engine/version";
import { repository } from "../../../lab/setup/paths";

describe("versions of the engine", () => {
  it("are compared by number", () => {
    assert.ok(isAtLeast("v3.259.0\n", "3.249.0"));
    assert.ok(isAtLeast("3.249.0", "3.249.0"));
    assert.ok(isAtLeast("4.0.0", "3.249.0"));
    assert.ok(!isAtLeast("v3.99.10", "3.249.0"));
    assert.ok(!isAtLeast("v3.248.9", "3.249.0"));
    assert.ok(!isAtLeast("dev", "3.249.0"));
  });

  it("that is built is new enough, and the one that go.mod has", () => {
    assert.ok(isAtLeast(builtVersion, oldestVersion));
    const module = readFileSync(join(repository, "lab/engine/cli/go.mod"), "utf8");
    assert.ok(module.includes(`github.com/pulumi/pulumi/pkg/v3 v${builtVersion}\n`));
  });
});
