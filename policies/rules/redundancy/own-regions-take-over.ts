import { takesOver } from "../../../sla/ownRegion";
import { totalSeconds } from "../../../sla/recovery";
import { differences, missing } from "../../comparison";
import { mustBeAtLeast } from "../../mustBe";
import { ownPair, type PairedRegion } from "../../pair";
import { activations, plansOf } from "../../regionSwitch";
import { rule, type Violation } from "../../rule";
import type { Item } from "../../stack/item";
import type { Stack } from "../../stack/stack";

const functionType = "aws:lambda/function:Function";

export const ownRegionsTakeOver = rule({
  name: "own-regions-take-over",
  group: "redundancy",
  description:
    "at level 3 on own hosts each region has the parameter that database hosts of both look at, and a function that says there that it takes writes; the plan runs the function of the region that is activated, and both databases keep one slot for each other",
  why: "One word in the wrong place and a lost region waits for somebody who knows how the hosts decide, at night, while nothing takes writes.",
  judge: (stack) => {
    const regions = ownPair(stack);
    if (regions === null) return [];
    const [first, second] = regions;
    return [
      ...differences(second.region.platform, "as the first region has it", [
        ["parameter", first.blueprint.pair.parameter, second.blueprint.pair.parameter],
        ["slot", first.blueprint.pair.slot, second.blueprint.pair.slot],
      ]),
      ...regions.flatMap((region) => [...judgeParameter(stack, region), ...judgeFunction(stack, region), ...judgeDatabase(region)]),
      ...plansOf(stack).flatMap(judgePlan),
    ];
  },
});

/** One that needs no key to be read: hosts may be asked for it while a region is lost. */
function judgeParameter(stack: Stack, { region, blueprint }: PairedRegion): Violation[] {
  const { parameter } = blueprint.pair;
  const [found] = stack.ofType("aws:ssm/parameter:Parameter").filter((one) => one.data.region === blueprint.region && one.at("name") === parameter);
  return found === undefined
    ? [missing(region, `the parameter ${parameter} in ${blueprint.region}`)]
    : differences(found, parameter, [["type", "String", found.text("type")]]);
}

function judgeFunction(stack: Stack, { region, blueprint }: PairedRegion): Violation[] {
  const { site, domain, pair } = blueprint;
  const functions = stack.ofType(functionType).filter((one) => one.data.region === blueprint.region);
  const [found] = functions.filter((one) => one.at("environment.variables.SITE") === site);
  if (found === undefined) return [missing(region, `a function in ${blueprint.region} that says ${site}`)];
  const asked = stack.referred(found, "environment", "aws:ec2/eip:Eip");
  return [
    ...differences(found, `the function that says ${site}`, [
      ["regions told", `${blueprint.region},${pair.other.region}`, found.text("environment.variables.REGIONS")],
      ["parameter", pair.parameter, found.text("environment.variables.PARAMETER")],
      ["domain asked for", domain, found.text("environment.variables.DOMAIN")],
      ["path asked for", pair.path, found.text("environment.variables.PATH")],
      ["addresses of its own region's edge", true, asked.length > 0 && asked.every((address) => stack.isBelow(address, region.platform))],
    ]),
    // It waits for its region's edge, and its failure is the plan's.
    ...mustBeAtLeast(found, "timeout", Math.ceil(totalSeconds(takesOver(blueprint))), "s: as long as a region takes"),
  ];
}

function judgeDatabase({ region, blueprint }: PairedRegion): Violation[] {
  const { pair } = blueprint;
  return region.ofType("ha:database:Patroni").flatMap((database) =>
    differences(database, "the database", [
      ["region that it follows or is followed by", pair.other.region, database.text("pair.follows")],
      ["slot", pair.slot, database.text("pair.slot")],
      ["parameter", pair.parameter, database.text("pair.parameter")],
    ]),
  );
}

/** That the plan names both functions is held by region-switch-ready. */
function judgePlan(plan: Item): Violation[] {
  return activations(plan).flatMap(({ region, steps }) =>
    steps
      .filter((step) => plan.at(`${step}.executionBlockType`) === "CustomActionLambda")
      .flatMap((step) =>
        differences(plan, `to activate ${region}`, [
          ["function that is run", "activatingRegion", plan.text(`${step}.customActionLambdaConfigs.0.regionToRun`)],
        ]),
      ),
  );
}
