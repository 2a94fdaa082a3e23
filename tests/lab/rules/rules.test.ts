import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ruleName, type RuleRecord } from "../../../lab/rules/check";
import { addRule } from "../../../lab/rules/results";
import { smallPlatform } from "../hosts/platform";

describe("a security-group rule", () => {
  const platform = smallPlatform();

  it("is named by who reaches whom, and how", () => {
    const names = platform.rules.map((rule) => ruleName(platform, rule));
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z]+ > [a-z]+ (tcp \d+|vrrp|everything)$/);
  });
});

describe("the results of taking rules away", () => {
  const directory = mkdtempSync(join(tmpdir(), "rules-"));
  const file = join(directory, "rules-s3.json");
  after(() => {
    rmSync(directory, { recursive: true });
  });
  const record = (rule: string, seconds: number, seenBy?: string): RuleRecord => ({
    rule,
    why: "it is needed",
    date: "2026-01-01T00:00:00.000Z",
    seconds,
    ...(seenBy === undefined ? {} : { seenBy, fault: "a | b\nc" }),
  });

  it("hold one record a rule, the last, and none of a rule that is gone", () => {
    const names = ["a > b tcp 1", "b > c tcp 2"];
    addRule(file, record("gone > b tcp 9", 1, "clients"), ["gone > b tcp 9"]);
    addRule(file, record("b > c tcp 2", 1, "clients"), names);
    addRule(file, record("a > b tcp 1", 2, "clients"), names);
    addRule(file, record("a > b tcp 1", 3), names);
    const records = JSON.parse(readFileSync(file, "utf8")) as RuleRecord[];
    assert.deepEqual(
      records.map(({ rule, seconds }) => [rule, seconds]),
      [
        ["a > b tcp 1", 3],
        ["b > c tcp 2", 1],
      ],
    );
    const page = readFileSync(join(directory, "rules-s3.md"), "utf8");
    assert.match(page, /^\| a > b tcp 1 \| \*\*nobody\*\* \|/m);
    assert.match(page, /^\| b > c tcp 2 \| clients \| a \\\| b c \| 1\.0 \|$/m);
  });
});
