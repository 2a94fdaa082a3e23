import { existsSync, readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import { destroyStack } from "./engine/destroy";
import { openLab, type Lab } from "./engine/lab";
import { runMain } from "./setup/fault";

/** `make down`: destroys the stack, protected resources too, and holds the embedded cloud's own record against the claim that nothing is left. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const lab = await openLab();
  if (lab.stackExists(stack)) {
    await destroyStack(lab, stack, true);
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
    rmSync(lab.record);
  }
  process.stdout.write("0 left in the embedded cloud.\n");
  return 0;
}
