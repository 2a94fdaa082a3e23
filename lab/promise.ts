import { readEvidence } from "../policies/evidence";
import { promisedCost } from "../sla/cost";
import { promiseOf } from "../sla/promise";
import { planOf } from "./engine/blueprint";
import { openLab } from "./engine/lab";
import { wantedOf } from "./engine/resources";
import { promisePage } from "./promiseText";
import { runMain } from "./setup/fault";

/** `make promise`: what a stack promises, beside what drills measured, on a page for a person; `JSON=1` for a program. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const config = (await openLab()).stackFileText(stack);
  const plan = planOf(stack, config);
  // Promise and cost are of the same plan, also when another one is up.
  const cost = promisedCost(await wantedOf(stack, config), plan.primary.region);
  const promised = promiseOf(plan, { evidence: readEvidence(), cost });
  process.stdout.write((process.env["JSON"] ?? "") === "" ? promisePage(stack, promised) : `${JSON.stringify(promised, null, 2)}\n`);
  return 0;
});
