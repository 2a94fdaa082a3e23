import { activations, plansOf } from "../../regionSwitch";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";

export const regionSwitchApproved = rule({
  name: "region-switch-approved",
  group: "detection",
  description: "nothing switches regions before a person has approved it: approval is each way's first step, and nothing starts the plan by itself",
  why: "A forced switch loses the database's last seconds, and two regions that both believe they write post a bundle twice.",
  limits: {
    waitMinutes: { what: "minutes that a switch waits for a person", stricter: "higher", of: () => 60 },
  },
  judge: (stack, { waitMinutes }) => plansOf(stack).flatMap((plan) => [...judgeSteps(plan, waitMinutes), ...judgeTriggers(plan)]),
});

function judgeSteps(plan: Item, waitMinutes: number): Violation[] {
  return activations(plan).flatMap(({ region, steps }) => {
    const [first] = steps;
    const promised = `${region}: a person's approval first, waited for ${String(waitMinutes)} minutes or more`;
    const fix = "begin the workflow with a ManualApproval step";
    if (first === undefined || plan.text(`${first}.executionBlockType`) !== "ManualApproval")
      return [{ urn: plan.urn, promised, found: first === undefined ? "no step" : plan.text(`${first}.executionBlockType`), fix }];
    const minutes = plan.number(`${first}.executionApprovalConfigs.0.timeoutMinutes`);
    return minutes >= waitMinutes
      ? []
      : [{ urn: plan.urn, promised, found: `${String(minutes)} minutes`, fix: `set timeoutMinutes to ${String(waitMinutes)} or more` }];
  });
}

/** A plan without triggers is started by hand only. */
function judgeTriggers(plan: Item): Violation[] {
  if (!plan.has("triggers") || plan.list("triggers").length === 0) return [];
  return [{ urn: plan.urn, promised: "a plan that a person starts", found: "triggers", fix: "remove the triggers; an alarm calls a person" }];
}
