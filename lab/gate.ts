import { join } from "node:path";
import { blueprintOf } from "./engine/blueprint";
import { openLab } from "./engine/lab";
import { runMain } from "./setup/fault";
import { repository } from "./setup/paths";

/** `make gate`: the policy pack over what an update would make, and over what is there if something is. Both are judged, even when the first is refused. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  const lab = await openLab();
  const { level } = blueprintOf(stack, lab.stackFileText(stack));
  await lab.ensureStack(stack);
  const pack = ["--policy-pack", join(repository, "policies"), "--policy-pack-config", join(repository, `policies/levels/level${String(level)}.json`)];
  process.stdout.write(`What an update of ${stack} would make\n`);
  const preview = await lab.attach(["preview", "--non-interactive", "--suppress-outputs", ...pack], { stack });
  const { deployment } = (await lab.json(["stack", "export"], { stack })) as { deployment: { resources?: unknown[] } };
  if ((deployment.resources ?? []).length === 0) {
    process.stdout.write(`\nNothing of ${stack} is there yet: no state to judge.\n`);
    return preview;
  }
  process.stdout.write(`\nWhat is there of ${stack}\n`);
  const state = await lab.attach(["policy", "analyze", "--non-interactive", "-s", stack, ...pack], { stack });
  return preview !== 0 ? preview : state;
});
