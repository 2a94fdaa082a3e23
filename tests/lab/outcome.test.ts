import assert from "node:assert/strict";
import { summaryOf } from "../../lab/test/outcome";

describe("the end of make test", () => {
  it("says what failed, and why, after all else", () => {
    const outcomes = [
      { passed: 3, failures: ["lint"] },
      { passed: 4, failures: ["a host boots: it did not"] },
    ];
    assert.equal(summaryOf(outcomes), "FAILED lint\nFAILED a host boots: it did not\n7 passed, 2 failed\n");
  });

  it("is one line when nothing failed", () => {
    assert.equal(summaryOf([{ passed: 1, failures: [] }]), "1 passed, 0 failed\n");
  });
});
