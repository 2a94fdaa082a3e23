import assert from "node:assert/strict";
import { namedStack, needsConfigFile, subcommand } from "../../../lab/engine/arguments";

describe("words of a Pulumi command", () => {
  it("name the stack in every way that Pulumi takes", () => {
    for (const argv of [
      ["up", "-s", "a"],
      ["up", "--stack", "a"],
      ["--stack=a", "up"],
      ["up", "-sa"],
      ["stack", "init", "a"],
    ])
      assert.equal(namedStack(argv), "a", argv.join(" "));
    assert.equal(namedStack(["stack", "ls"]), undefined);
    assert.equal(namedStack(["up", "--skip-preview", "--suppress-outputs"]), undefined);
  });

  it("have their command after global flags too", () => {
    assert.deepEqual(subcommand(["--color", "never", "-s", "a", "stack", "export", "--file", "x"]), ["stack", "export"]);
  });

  it("need the lab's copy of the stack file exactly when they read config", () => {
    assert.ok(needsConfigFile(["preview", "-s", "a"]));
    assert.ok(needsConfigFile(["-s", "a", "destroy"]));
    assert.ok(!needsConfigFile(["stack", "export"]));
    assert.ok(!needsConfigFile(["up", "--config-file", "mine.yaml"]));
    assert.ok(!needsConfigFile(["up", "--config-file=mine.yaml"]));
    assert.ok(!needsConfigFile(["up", "--help"]));
  });
});
