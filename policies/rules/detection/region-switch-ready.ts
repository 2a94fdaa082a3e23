import type { Blueprint } from "../../../blueprint/types";
import { activations, plansOf, type Workflow } from "../../regionSwitch";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

/** What takes over before what: machines that start before their database takes writes do nothing. */
const orders: Readonly<Record<Blueprint["hosting"], readonly string[]>> = {
  managed: ["AuroraGlobalDatabase", "EC2AutoScaling", "EC2AutoScaling"],
  // Own hosts are told, and keep that order themselves.
  selfHosted: ["CustomActionLambda"],
};

export const regionSwitchReady = rule({
  name: "region-switch-ready",
  group: "detection",
  description:
    "at level 3 a plan takes either region over: the database first, by force if need be, then the API's and the workers' machines, or own hosts by telling them, within the promised minutes",
  why: "When a region is gone nobody writes a plan: the steps, their order and their permissions have to be there, in both directions.",
  limits: {
    minutes: { what: "minutes that a switch may take once it is approved", stricter: "lower", of: () => 15 },
  },
  judge: (stack, { minutes }) => {
    const regions = stack.regions.map(({ blueprint }) => blueprint.region);
    const [first] = stack.regions;
    if (first === undefined || regions.length < 2) return [];
    const order = orders[first.blueprint.hosting];
    const plans = plansOf(stack);
    const [plan] = plans;
    if (plan === undefined || plans.length > 1)
      return [{ urn: null, promised: "one Region switch plan", found: String(plans.length), fix: "deploy the program whole: it makes the plan" }];
    return [...judgePlan(plan, regions, minutes, order), ...judgeReach(stack, plan)];
  },
});

function judgePlan(plan: Item, regions: readonly string[], minutes: number, order: readonly string[]): Violation[] {
  const violation = violationOf(plan);
  const named = plan.list("regions").map(String);
  const workflows = activations(plan);
  const objective = plan.number("recoveryTimeObjectiveMinutes");
  return [
    ...(regions.every((region) => named.includes(region)) && plan.text("primaryRegion") === regions[0]
      ? []
      : [violation(`a plan of ${regions.join(" and ")}, the first one primary`, `${named.join(" and ")}, primary ${plan.text("primaryRegion")}`)]),
    ...regions.filter((region) => !workflows.some((one) => one.region === region)).map((region) => violation(`a way to activate ${region}`, "none")),
    ...(objective <= minutes ? [] : [violation(`a switch within ${String(minutes)} minutes`, `recoveryTimeObjectiveMinutes ${String(objective)}`)]),
    ...workflows.flatMap((workflow) => judgeWorkflow(plan, workflow, order)),
  ];
}

function judgeWorkflow(plan: Item, { region, steps }: Workflow, order: readonly string[]): Violation[] {
  const violation = violationOf(plan);
  const kinds = steps.map((step) => plan.text(`${step}.executionBlockType`));
  const moves = kinds.filter((kind) => order.includes(kind));
  const database = steps.find((step) => plan.text(`${step}.executionBlockType`) === "AuroraGlobalDatabase");
  const byForce = database !== undefined && plan.at(`${database}.globalAuroraConfigs.0.ungracefuls.0.ungraceful`) === "failover";
  return [
    ...(moves.join() === order.join() ? [] : [violation(`${region}: ${order.join(", ")}`, kinds.join(", "))]),
    ...(byForce || database === undefined ? [] : [violation(`${region}: a database that moves also when the other region is gone`, "a switchover only")]),
  ];
}

/** ARNs are unknown before an update; what they come from is not. */
function judgeReach(stack: Stack, plan: Item): Violation[] {
  const reached = plan.references("workflows");
  const needed = [
    ...stack.ofType("aws:rds/globalCluster:GlobalCluster", "aws:lambda/function:Function"),
    ...stack.regions.flatMap((region) => region.ofType("aws:rds/cluster:Cluster", "aws:autoscaling/group:Group")),
  ];
  return needed.filter(({ urn }) => !reached.includes(urn)).map(({ name }) => violationOf(plan)(`a plan that moves ${name}`, "no step names it"));
}

function violationOf(plan: Item): (promised: string, found: string) => Violation {
  return (promised, found) => ({ urn: plan.urn, promised, found, fix: "let the program make the plan, from both regions' blueprints" });
}
