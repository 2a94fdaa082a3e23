import { SetupFault } from "../setup/fault";
import type { Lab } from "./lab";

/** Destroys a stack of the lab, its protected resources too, and forgets it. `attached`: on this terminal. Throws a `SetupFault` with the engine's words. */
export async function destroyStack(lab: Lab, stack: string, attached: boolean): Promise<void> {
  await must(lab, stack, ["state", "unprotect", "--all", "--yes"]);
  const destroy = ["destroy", "--yes", "--skip-preview"];
  if (!attached) await must(lab, stack, destroy);
  else if ((await lab.attach(destroy, { stack })) !== 0) throw new SetupFault(`Stack ${stack}: cannot be destroyed; the engine said why`);
  lab.forgetValues(stack);
  await must(lab, stack, ["stack", "rm", stack, "--yes"]);
}

async function must(lab: Lab, stack: string, argv: readonly string[]): Promise<void> {
  const { status, stdout, stderr } = await lab.capture(argv, { stack });
  if (status !== 0) throw new SetupFault(`Stack ${stack}: pulumi ${argv.join(" ")} failed:\n${stderr}${stdout}`);
}
