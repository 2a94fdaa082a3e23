import { existsSync, readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import { openLab, type Lab } from "./engine/lab";
import { runMain, SetupFault } from "./setup/fault";

/** `make down`: destroys the stack, protected resources too, and holds the embedded cloud's own record against the claim that nothing is left. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const lab = await openLab();
  if (lab.stackExists(stack)) {
    const unprotected = await lab.capture(["state", "unprotect", "--all", "--yes"], { stack });
    if (unprotected.status !== 0) throw new SetupFault(`Stack ${stack}: its resources cannot be unprotected:\n${unprotected.stderr}${unprotected.stdout}`);
    const status = await lab.attach(["destroy", "--yes", "--skip-preview"], { stack });
    if (status !== 0) return status;
    lab.forgetValues(stack);
    const removed = await lab.capture(["stack", "rm", stack, "--yes"], { stack });
    if (removed.status !== 0) throw new SetupFault(`Stack ${stack}: cannot be removed:\n${removed.stderr}${removed.stdout}`);
  } else {
    process.stdout.write(`Stack ${stack}: not in the lab.\n`);
  }
  return emptiness(lab);
});

const record = z.object({ resources: z.record(z.string(), z.object({ type: z.string(), id: z.string() })) });

function emptiness(lab: Lab): number {
  const others = lab.stacks();
  if (others.length > 0) {
    process.stdout.write(`The embedded cloud still serves ${others.join(", ")}.\n`);
    return 0;
  }
  if (existsSync(lab.record)) {
    const left = Object.values(record.parse(JSON.parse(readFileSync(lab.record, "utf8"))).resources);
    if (left.length > 0) {
      const named = left.map((resource) => `  ${resource.type} ${resource.id}`);
      process.stderr.write(`${String(left.length)} left in the embedded cloud (${lab.record}):\n${named.join("\n")}\n`);
      return 1;
    }
    // What stays on AWS for its recovery window (secrets, keys) is forgotten here, so that the next stack may have the same names.
    rmSync(lab.record);
  }
  process.stdout.write("0 left in the embedded cloud.\n");
  return 0;
}
