import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { duration, percent } from "../../sla/text";
import { promiseFile, promiseText } from "./writePromise";

describe("docs/promise.md", () => {
  it("is what the stack files promise (npx tsx tests/sla/writePromise.ts)", () => {
    assert.equal(readFileSync(promiseFile, "utf8"), promiseText());
  });

  it("says what is not promised, and breaks nothing", () => {
    const text = promiseText();
    assert.match(text, /no backup of own hosts' database and queues is built/);
    assert.doesNotMatch(text, /\*\*broken\*\*/);
  });
});

describe("times and parts for a person", () => {
  it("are short", () => {
    assert.deepEqual(
      [0, 1.25, 119, 130, 180, 3600, 5400, 28_800, null].map((one) => duration(one)),
      ["0 s", "1.3 s", "119 s", "2 min 10 s", "3 min", "1 h", "1 h 30 min", "8 h", "none"],
    );
  });

  it("carry over", () => {
    assert.deepEqual(
      [119.96, 179.8, 3599.7].map((one) => duration(one)),
      ["2 min", "3 min", "1 h"],
    );
    assert.equal(percent(0.9995678), "99.957 %");
  });
});
