/**
 * `npx tsx tests/policies/tryRules.ts DIRECTORY [RULE]`: what the rules say of good stacks and of spoiled ones, without an engine, while a
 * rule is being written. DIRECTORY has `<stack>.json` of each good stack (`pulumi stack export`).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEvidence } from "../../policies/evidence";
import { sentence } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { fromState } from "../../policies/stack/fromState";
import { Stack } from "../../policies/stack/stack";
import { verdict } from "../../policies/verdict";
import { goodStacks, namedBy, spoiled, type State } from "./mutation";
import { mutations } from "./mutations";

const [directory, only] = process.argv.slice(2);
if (directory === undefined) throw new Error("tryRules: needs the directory of the good stacks' exports");
const states = new Map(goodStacks.map((name) => [name, JSON.parse(readFileSync(join(directory, `${name}.json`), "utf8")) as State]));
const given = { evidence: readEvidence(), today: new Date() };

function said(state: State): Map<string, string[]> {
  const stack = new Stack(fromState(state));
  return new Map(
    rules.flatMap((rule) => {
      const found = verdict(rule, stack, {}, given);
      return found.length === 0 ? [] : [[rule.name, found.map((one) => `${one.urn?.split("::").at(-1) ?? "stack"}: ${sentence(one)}`)]];
    }),
  );
}

for (const [name, state] of states)
  for (const [rule, lines] of said(state))
    if (only === undefined || rule === only) process.stdout.write(`FALSE ALARM ${name} ${rule}\n  ${lines.join("\n  ")}\n`);
let caught = 0;
const tried = mutations.filter(({ caughtBy }) => only === undefined || caughtBy === only);
for (const mutation of tried) {
  const state = states.get(mutation.stack);
  if (state === undefined) throw new Error(mutation.stack);
  const found = said(spoiled(state, mutation));
  const wanted = namedBy(
    mutation,
    rules.map(({ name }) => name),
  );
  if ([...found.keys()].sort().join() === wanted.join()) caught += 1;
  else
    process.stdout.write(
      `MISSED ${mutation.stack}: ${mutation.what}\n  wanted ${wanted.join(", ")}\n  ${[...found].map(([rule, lines]) => `${rule}: ${lines.slice(0, 2).join(" | ")}`).join("\n  ")}\n`,
    );
}
process.stdout.write(`${String(caught)} of ${String(tried.length)} as the table says; ${String(rules.length)} rules\n`);
