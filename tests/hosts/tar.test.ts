import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blockBytes, tarOf } from "../../hosts/tar";

const files = { "b.py": "print('b')\n", "a.py": "x".repeat(blockBytes), "empty.txt": "", "umlaut.txt": "ö\n" };

describe("hosts/tar", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "bundler-tar-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function tar(bytes: Buffer, ...argv: string[]): string {
    writeFileSync(join(directory, "it.tar"), bytes);
    return execFileSync("tar", [...argv, "-f", join(directory, "it.tar")], { cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  it("is listed by tar, in the order of names", () => {
    assert.equal(tar(tarOf(files), "-t"), "a.py\nb.py\nempty.txt\numlaut.txt\n");
  });

  it("is unpacked by tar to the very contents, for everyone to read", () => {
    tar(tarOf(files), "-x", "-p");
    assert.deepEqual(readdirSync(directory).sort(), ["it.tar", ...Object.keys(files)].sort());
    for (const [name, text] of Object.entries(files)) {
      assert.equal(readFileSync(join(directory, name), "utf8"), text, name);
      assert.equal(statSync(join(directory, name)).mode & 0o777, 0o644, name);
    }
  });

  it("is the same bytes whatever order the files are given in, and whole blocks", () => {
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    assert.ok(tarOf(files).equals(tarOf(reversed)));
    assert.equal(tarOf(files).length % blockBytes, 0);
  });

  it("is refused by tar with a byte of a header changed", () => {
    const damaged = tarOf(files);
    damaged[0] = "z".charCodeAt(0);
    assert.throws(() => tar(damaged, "-t"));
  });
});
