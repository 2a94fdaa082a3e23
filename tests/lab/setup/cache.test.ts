import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cached, type CacheEntry } from "../../../lab/setup/cache";

describe("the cache of builds", () => {
  const before = process.env["XDG_CACHE_HOME"];
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "bundler-cache-"));
    process.env["XDG_CACHE_HOME"] = home;
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
    if (before === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = before;
  });

  const entry = (inputs: string[], made: string[]): CacheEntry => ({
    name: "thing",
    inputs,
    make: async (directory) => {
      made.push(directory);
      await sleep(50);
      mkdirSync(directory);
      writeFileSync(join(directory, "file"), inputs.join());
    },
  });

  it("makes a thing once, and again when an input changed", async () => {
    const made: string[] = [];
    const first = await cached(entry(["a"], made));
    assert.equal(await cached(entry(["a"], made)), first);
    const second = await cached(entry(["b"], made));
    assert.notEqual(second, first);
    assert.equal(made.length, 2);
    assert.equal(readFileSync(join(second, "file"), "utf8"), "b");
  });

  it("makes it once for two that want it at the same time", async () => {
    const made: string[] = [];
    const [one, other] = await Promise.all([cached(entry(["a"], made)), cached(entry(["a"], made))]);
    assert.equal(one, other);
    assert.equal(made.length, 1);
  });

  it("shows nothing of a failed making, and makes it the next time", async () => {
    const failing: CacheEntry = { name: "thing", inputs: ["a"], make: (directory) => (mkdirSync(directory), Promise.reject(new Error("no space"))) };
    await assert.rejects(cached(failing), /no space/);
    assert.deepEqual(
      readdirSync(join(home, "ar-io-bundler-ha")).filter((name) => !name.endsWith(".unfinished")),
      [],
    );
    assert.ok(existsSync(join(await cached(entry(["a"], [])), "file")));
  });

  it("takes over from a process that died while making", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const directory = await cached(entry(["a"], []));
    rmSync(directory, { recursive: true });
    writeFileSync(`${directory}.lock`, String(dead));
    assert.equal(await cached(entry(["a"], [])), directory);
    assert.ok(!existsSync(`${directory}.lock`));
  });
});
