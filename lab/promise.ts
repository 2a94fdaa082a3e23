import { readEvidence } from "../policies/evidence";
import { promisedCost } from "../sla/cost";
import { promiseOf } from "../sla/promise";
import { planOf } from "./engine/blueprint";
import { openLab } from "./engine/lab";
import { resourcesOf } from "./engine/resources";
import { chosenValues, stackFileText, withValues } from "./engine/stackFile";
import { promisePage } from "./promiseText";
import { runMain } from "./setup/fault";

/** `make promise`: what a stack promises, beside what drills measured, on a page for a person; `JSON=1` for a program. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const plan = planOf(stack, withValues(stackFileText(stack), chosenValues()));
  // A change that is not deployed yet costs what it would: of the plan's resources, not of those that are there.
  const { resources } = await resourcesOf(await openLab(), stack);
  const promised = promiseOf(plan, { evidence: readEvidence(), cost: promisedCost(resources, plan.primary.region) });
  process.stdout.write((process.env["JSON"] ?? "") === "" ? promisePage(stack, promised) : `${JSON.stringify(promised, null, 2)}\n`);
  return 0;
});
