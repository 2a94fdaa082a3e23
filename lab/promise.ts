import { promiseOf } from "../sla/promise";
import { planOf } from "./engine/blueprint";
import { chosenValues, stackFileText, withValues } from "./engine/stackFile";
import { readEvidence } from "./evidence";
import { promisePage } from "./promiseText";
import { runMain } from "./setup/fault";

/** `make promise`: what a stack promises, beside what drills measured, on a page for a person; `JSON=1` for a program. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const plan = planOf(stack, withValues(stackFileText(stack), chosenValues()));
  const promised = promiseOf(plan, { evidence: readEvidence() });
  process.stdout.write((process.env["JSON"] ?? "") === "" ? promisePage(stack, promised) : `${JSON.stringify(promised, null, 2)}\n`);
  return Promise.resolve(0);
});
