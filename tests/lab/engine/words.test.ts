import assert from "node:assert/strict";
import { words } from "../../../lab/engine/language/words";

describe("Node.js arguments of a program", () => {
  it("are split as a shell splits them", () => {
    assert.deepEqual(words("--require tsx/cjs"), ["--require", "tsx/cjs"]);
    assert.deepEqual(words(` --import='a b'  "c d" e`), ["--import=a b", "c d", "e"]);
    assert.deepEqual(words(""), []);
  });
});
