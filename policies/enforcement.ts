import { EnforcementLevel, type ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Value } from "google-protobuf/google/protobuf/struct_pb";
import { rules } from "./rules";

/** Least strict first. `remediate` mends, which a rule of the whole stack cannot: it is as mandatory. */
const strictness = ["disabled", "advisory", "mandatory", "remediate"] as const;
const ofEngine = {
  disabled: EnforcementLevel.DISABLED,
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
} as const;

/**
 * The engine's message with the policies' config, in which no rule is less strict than it is by itself. One that the config turns off, or has
 * only advise, stays as it is, and is told what was asked of it (`RuleConfig.enforcement`), which it reports.
 */
export function keptStrict(message: ConfigureAnalyzerRequest): ConfigureAnalyzerRequest {
  for (const { name, enforcement: own = "mandatory" } of rules) {
    const config = message.getPolicyconfigMap().get(name);
    if (config === undefined) continue;
    const asked = strictness.find((level) => ofEngine[level] === config.getEnforcementlevel());
    if (asked !== undefined && strictness.indexOf(asked) >= strictness.indexOf(own)) continue;
    config.setEnforcementlevel(ofEngine[own]);
    config
      .getProperties()
      ?.getFieldsMap()
      .set("enforcement", Value.fromJavaScript(asked ?? "unknown"));
  }
  return message;
}
