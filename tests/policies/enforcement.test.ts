import assert from "node:assert/strict";
import { ConfigureAnalyzerRequest, EnforcementLevel, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { keptStrict } from "../../policies/enforcement";

/** What the pack is told of one rule, when the engine tells it this. */
function kept(rule: string, asked: EnforcementLevel): { level: EnforcementLevel; properties: unknown } {
  const message = new ConfigureAnalyzerRequest();
  const config = new PolicyConfig();
  config.setEnforcementlevel(asked);
  config.setProperties(Struct.fromJavaScript({ limits: {} }));
  message.getPolicyconfigMap().set(rule, config);
  const told = keptStrict(message).getPolicyconfigMap().get(rule);
  assert.ok(told !== undefined, `${rule} is told nothing`);
  return { level: told.getEnforcementlevel(), properties: told.getProperties()?.toJavaScript() };
}

describe("how strict a policy pack's config may have a rule", () => {
  const { DISABLED, ADVISORY, MANDATORY, REMEDIATE } = EnforcementLevel;

  for (const [what, rule, asked, level, enforcement] of [
    ["not turned off", "backups-kept", DISABLED, MANDATORY, "disabled"],
    ["not only advising", "backups-kept", ADVISORY, MANDATORY, "advisory"],
    ["not turned off where it only advises", "drills-prove-it", DISABLED, ADVISORY, "disabled"],
  ] as const)
    it(`${what}: ${rule} stays as it is, and is told`, () => {
      assert.deepEqual(kept(rule, asked), { level, properties: { limits: {}, enforcement } });
    });

  for (const [what, rule, asked] of [
    ["as strict", "backups-kept", MANDATORY],
    ["as one that could mend", "backups-kept", REMEDIATE],
    ["stricter", "drills-prove-it", MANDATORY],
    ["of another pack", "somebody-elses", DISABLED],
  ] as const)
    it(`${what}: ${rule} is what the config says`, () => {
      assert.deepEqual(kept(rule, asked), { level: asked, properties: { limits: {} } });
    });
});
