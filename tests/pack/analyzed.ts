import assert from "node:assert/strict";
import { z } from "zod";
import type { Lab } from "../../lab/engine/lab";
import { rules } from "../../policies/rules";

/** What the pack has against a saved state. */
export interface Analysis {
  /** Exit code of the command: not 0 when a mandatory rule is broken. */
  status: number;
  /** Messages by the rule's name. */
  violations: Map<string, string[]>;
}

const eventSchema = z.looseObject({ policyEvent: z.object({ policyName: z.string(), message: z.string(), enforcementLevel: z.string() }).optional() });

const advisory = new Set(rules.filter(({ enforcement }) => enforcement !== undefined).map(({ name }) => name));

/** Runs `pulumi policy analyze` over the file of a saved state. Fails when a mandatory rule only advised, which is what an unknown value would make of it. */
export async function analyzed(lab: Lab, file: string, pack: string, config?: string): Promise<Analysis> {
  const words = ["policy", "analyze", "--json", "--file", file, "--policy-pack", pack, ...(config === undefined ? [] : ["--policy-pack-config", config])];
  const { status, stdout, stderr } = await lab.capture(words, { stack: "level1" });
  const violations = new Map<string, string[]>();
  for (const line of stdout.split("\n").filter((text) => text.startsWith("{"))) {
    const { policyEvent } = eventSchema.parse(JSON.parse(line));
    if (policyEvent === undefined) continue;
    assert.equal(policyEvent.enforcementLevel, advisory.has(policyEvent.policyName) ? "advisory" : "mandatory", policyEvent.message);
    violations.set(policyEvent.policyName, [...(violations.get(policyEvent.policyName) ?? []), policyEvent.message]);
  }
  assert.equal(
    status === 0,
    [...violations.keys()].every((name) => advisory.has(name)),
    `${stdout}\n${stderr}`,
  );
  return { status, violations };
}
