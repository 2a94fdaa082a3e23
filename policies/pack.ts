import { PolicyPack, type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { readEvidence } from "./evidence";
import { sentence, type Rule } from "./rule";
import { rules } from "./rules";
import { fromEngine } from "./stack/fromEngine";
import { Stack } from "./stack/stack";
import { verdict, type RuleConfig } from "./verdict";

const evidence = readEvidence();

/** Serves as soon as it is made, which is why nothing else is in this file (`@pulumi/policy`, PolicyPack). */
new PolicyPack("bundler-ha", { enforcementLevel: "mandatory", policies: rules.map(policyOf) });

/** The stack of the judgement that is under way. The SDK asks one rule after the other without a pause; only the first is given the resources (index.cjs). */
let current: Stack | null = null;

function stackOf(resources: readonly PolicyResource[]): Stack {
  if (current !== null) return current;
  // Every rule is kept by nothing at all.
  if (resources.length === 0) throw new Error("the rules are shown no resources, not even the stack itself");
  setImmediate(() => {
    current = null;
  });
  return (current = new Stack(fromEngine(resources)));
}

function policyOf(rule: Rule): StackValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    ...(rule.enforcement === undefined ? {} : { enforcementLevel: rule.enforcement }),
    severity: rule.group === "detection" ? "high" : "critical",
    tags: [rule.group],
    remediationSteps: rule.why,
    configSchema: {
      properties: {
        limits: {
          type: "object",
          additionalProperties: false,
          properties: Object.fromEntries(Object.entries(rule.limits ?? {}).map(([name, { what }]) => [name, { type: "number", description: what }])),
        },
        exceptions: {
          type: "array",
          items: {
            type: "object",
            required: ["urn", "reason", "until"],
            properties: { urn: { type: "string" }, reason: { type: "string" }, until: { type: "string" } },
          },
        },
      },
    },
    validateStack: (given, report) => {
      for (const violation of verdict(rule, stackOf(given.resources), given.getConfig<RuleConfig>(), { evidence, today: new Date() }))
        report(sentence(violation), ...(violation.urn === null ? [] : [violation.urn]));
    },
  };
}
