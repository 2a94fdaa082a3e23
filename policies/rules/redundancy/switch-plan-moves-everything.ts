import type { Blueprint } from "../../../blueprint/types";
import { activations, plansOf } from "../../regionSwitch";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import { levelOf } from "../../verdict";

/** What a region needs to take over: the writer, and the machines. Own hosts are there, and take over when they are told so. */
const blocks: Readonly<Record<Blueprint["hosting"], readonly string[]>> = {
  managed: ["AuroraGlobalDatabase", "EC2AutoScaling"],
  selfHosted: ["CustomActionLambda"],
};

export const switchPlanMovesEverything = rule({
  name: "switch-plan-moves-everything",
  group: "redundancy",
  description:
    "at level 3 one plan activates either region, moving the database, by force too, and starting the machines; or telling own hosts, which do the rest",
  why: "No database fails over to another region by itself: without a plan that stands ready, a lost region waits for somebody to write one at night.",
  judge: (stack) => {
    if (levelOf(stack) < 3) return [];
    const plans = plansOf(stack);
    const regions = stack.regions.map(({ blueprint }) => blueprint);
    if (plans.length === 0) return [{ urn: null, promised: "a plan that switches regions", found: "none", fix: "deploy the regions' component whole" }];
    return plans.flatMap((plan) => regions.flatMap((region) => judgeRegion(plan, region)));
  },
});

function judgeRegion(plan: Item, { region, hosting }: Blueprint): Violation[] {
  const workflow = activations(plan).find((one) => one.region === region);
  const wrong = (promised: string, found: string, fix: string): Violation => ({ urn: plan.urn, promised, found, fix });
  if (workflow === undefined) return [wrong(`a workflow that activates ${region}`, "none", "add one with the steps of the other region's")];
  const { steps } = workflow;
  const found = steps.map((path) => plan.text(`${path}.executionBlockType`));
  const missing = blocks[hosting].filter((block) => !found.includes(block));
  if (missing.length > 0) return [wrong(`steps ${missing.join(", ")} to activate ${region}`, found.join(", "), "add the step")];
  // A switchover in good order needs the region that is gone; by force it loses the lag (ARC Region switch API, GlobalAuroraUngraceful).
  return steps
    .filter((_, index) => found[index] === "AuroraGlobalDatabase")
    .filter((path) => plan.at(`${path}.globalAuroraConfigs.0.ungracefuls.0.ungraceful`) !== "failover")
    .map(() => wrong(`a failover by force to ${region}, when the other region is gone`, "only a switchover in good order", "set ungraceful to failover"));
}
