import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { rules } from "../../policies/rules";
import { mutations } from "./mutations";
import { policiesFile, policiesText } from "./writePolicies";

const directory = join(__dirname, "../../policies/rules");

describe("the policy pack", () => {
  it("has every rule that has a file, each under its file's name and its folder's group", () => {
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    assert.deepEqual(rules.map(({ group, name }) => `${group}/${name}.ts`).sort(), files.sort());
    assert.equal(new Set(rules.map(({ name }) => name)).size, files.map((file) => basename(file)).length);
  });

  it("says of every rule in a sentence what holds and why", () => {
    for (const { name, description, why } of rules) {
      assert.match(description, /^[a-zA-Z].{20,}[^.]$/s, name);
      assert.match(why, /^[A-Z].{20,}\.$/s, name);
    }
  });

  it("has limits that no level loosens against the one below it", () => {
    for (const { name, limits } of rules)
      for (const [limit, { stricter, of }] of Object.entries(limits ?? {}))
        for (const level of [2, 3] as const) {
          const [below, own] = [of((level - 1) as 1 | 2), of(level)];
          assert.ok(stricter === "higher" ? own >= below : own <= below, `${name}: ${limit} at level ${String(level)}`);
        }
  });

  it("is spoiled in every rule, and each row of the table is of its own", () => {
    const named = new Set(mutations.map(({ caughtBy }) => caughtBy));
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !named.has(name)),
      [],
    );
    assert.deepEqual(
      [...named].filter((name) => !rules.some((rule) => rule.name === name)),
      [],
    );
    const rows = mutations.map(({ stack, type, name, change }) => JSON.stringify([stack, type, name, change]));
    assert.equal(new Set(rows).size, rows.length);
  });

  it("is described as it is (npx tsx tests/policies/writePolicies.ts)", () => {
    assert.equal(readFileSync(policiesFile, "utf8"), policiesText());
  });
});
