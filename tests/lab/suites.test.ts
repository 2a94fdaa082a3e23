import assert from "node:assert/strict";
import { filesOf, suiteOf, suites } from "../../lab/test/suites";

describe("suites of tests", () => {
  it("are told by where a test is", () => {
    assert.equal(suiteOf("validators/redis/redis.test.ts"), "validators");
    assert.equal(suiteOf("engine/level1.test.ts"), "engine");
    assert.equal(suiteOf("pack/policies.test.ts"), "pack");
    assert.equal(suiteOf("lab/engine/version.test.ts"), "unit");
    assert.equal(suiteOf("config/settings.test.ts"), "unit");
  });

  it("hold every test file once", () => {
    const files = suites.flatMap((suite) => filesOf(suite));
    assert.equal(new Set(files).size, files.length);
    assert.ok(files.includes(__filename));
  });
});
