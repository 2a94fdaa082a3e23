import { EnforcementLevel, type ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Value } from "google-protobuf/google/protobuf/struct_pb";
import { rules } from "./rules";

const { DISABLED, ADVISORY, MANDATORY, REMEDIATE } = EnforcementLevel;
/** Least strict first. `remediate` mends, which a rule of the whole stack cannot: it is as mandatory. */
const strictness = [DISABLED, ADVISORY, MANDATORY, REMEDIATE];
const said = ["disabled", "advisory"];

/**
 * The engine's message with the policies' config, in which no rule is less strict than it is by itself. One that the config turns off, or has
 * only advise, stays as it is, and is told what was asked of it (`RuleConfig.enforcement`), which it reports.
 */
export function keptStrict(message: ConfigureAnalyzerRequest): ConfigureAnalyzerRequest {
  for (const { name, enforcement: own = "mandatory" } of rules) {
    const config = message.getPolicyconfigMap().get(name);
    if (config === undefined) continue;
    const least = own === "advisory" ? ADVISORY : MANDATORY;
    const asked = strictness.indexOf(config.getEnforcementlevel());
    if (asked >= strictness.indexOf(least)) continue;
    config.setEnforcementlevel(least);
    config
      .getProperties()
      ?.getFieldsMap()
      .set("enforcement", Value.fromJavaScript(said[asked] ?? "unknown"));
  }
  return message;
}
