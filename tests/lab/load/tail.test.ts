import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tail } from "../../../lab/load/tail";

describe("a growing file", () => {
  const directory = mkdtempSync(join(tmpdir(), "bundler-tail-"));
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("is read once, line by line, also when a line or a character comes in two parts", () => {
    const file = join(directory, "journal");
    const tail = new Tail(file);
    assert.deepEqual(tail.lines(), []);
    const [first, second] = [Buffer.from("one\nzwölf").subarray(0, 7), Buffer.from("one\nzwölf").subarray(7)];
    appendFileSync(file, first);
    assert.deepEqual(tail.lines(), ["one"]);
    appendFileSync(file, Buffer.concat([second, Buffer.from("\n\n")]));
    assert.deepEqual(tail.lines(), ["zwölf", ""]);
    assert.deepEqual(tail.lines(), []);
  });
});
