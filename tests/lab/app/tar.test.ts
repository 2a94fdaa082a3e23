import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { entriesBelow, writeTar } from "../../../lab/app/tar";
import { unpack } from "./unpack";

describe("a tarball of the lab", () => {
  let directory = "";
  const long = `${"deep/".repeat(40)}file`;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "bundler-tar-"));
    mkdirSync(join(directory, "in", "deep/".repeat(40)), { recursive: true });
    writeFileSync(join(directory, "in", long), "far");
    writeFileSync(join(directory, "in/b"), "x".repeat(1000));
    writeFileSync(join(directory, "in/a"), "");
    mkdirSync(join(directory, "out"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("has the same bytes whatever the files' times and order", async () => {
    const entries = entriesBelow(join(directory, "in"));
    await writeTar(entries, join(directory, "one.tar.gz"));
    for (const { source } of entries) utimesSync(source, 1, 1);
    await writeTar([...entries].reverse(), join(directory, "two.tar.gz"));
    assert.deepEqual(readFileSync(join(directory, "one.tar.gz")), readFileSync(join(directory, "two.tar.gz")));
    const [first] = gunzipSync(readFileSync(join(directory, "one.tar.gz")))
      .toString("latin1")
      .split("\u0000");
    assert.equal(first, "a");
  });

  it("is unpacked by the hosts' own program, with modes and names longer than a header has room for", async () => {
    const entries = entriesBelow(join(directory, "in")).map((entry) => ({ ...entry, mode: entry.path === "b" ? 0o755 : entry.mode }));
    await writeTar(entries, join(directory, "one.tar.gz"));
    const unpacked = join(directory, "out/release");
    await unpack(join(directory, "one.tar.gz"), unpacked);
    assert.equal(readFileSync(join(unpacked, long), "utf8"), "far");
    assert.equal(readFileSync(join(unpacked, "b"), "utf8").length, 1000);
    assert.deepEqual(
      ["a", "b"].map((name) => statSync(join(unpacked, name)).mode & 0o777),
      [0o644, 0o755],
    );
  });

  it("with one top directory loses it, as Node's does", async () => {
    const entries = entriesBelow(join(directory, "in"), "node-v22/");
    await writeTar(entries, join(directory, "node.tar.gz"));
    await unpack(join(directory, "node.tar.gz"), join(directory, "out/node"));
    assert.equal(statSync(join(directory, "out/node/a")).size, 0);
  });
});
