import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine, installedEngine } from "../../../lab/engine/cli";

describe("the engine", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "bundler-path-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function install(name: string, output: string): void {
    writeFileSync(join(directory, name), `#!/bin/sh\necho ${output}\n`);
    chmodSync(join(directory, name), 0o755);
  }

  it("is the installed Pulumi when it is new enough and has its language host", async () => {
    install("pulumi", "v3.260.0");
    install("pulumi-language-nodejs", "");
    assert.deepEqual(await installedEngine(directory), { executable: join(directory, "pulumi"), languageHost: "own" });
  });

  it("is not an installed one that is too old", async () => {
    install("pulumi", "v3.248.0");
    install("pulumi-language-nodejs", "");
    assert.equal(await installedEngine(directory), undefined);
  });

  it("is not an installed one without its language host", async () => {
    install("pulumi", "v3.260.0");
    assert.equal(await installedEngine(directory), undefined);
  });

  it("cannot be built without Go, and that is said with the remedy", async () => {
    const { PATH: path, XDG_CACHE_HOME: cache } = process.env;
    Object.assign(process.env, { PATH: directory, XDG_CACHE_HOME: directory });
    try {
      await assert.rejects(findEngine(), /^Error: Go: missing on this machine.*install Go/);
    } finally {
      process.env["PATH"] = path;
      if (cache === undefined) delete process.env["XDG_CACHE_HOME"];
      else process.env["XDG_CACHE_HOME"] = cache;
    }
  });
});
