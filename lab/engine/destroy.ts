import { z } from "zod";
import { SetupFault } from "../setup/fault";
import type { Lab } from "./lab";
import { withValues } from "./stackFile";

/** Destroys a stack of the lab, its protected resources too, and forgets it: the next one may have its names. `attached`: on this terminal. Throws a `SetupFault` with the engine's words. */
export async function destroyStack(lab: Lab, stack: string, attached: boolean, text = lab.stackFileText(stack)): Promise<void> {
  await must(lab, stack, ["state", "unprotect", "--all", "--yes"]);
  const destroy = ["destroy", "--yes", "--skip-preview"];
  const config = withValues(text, { deletionProtection: false });
  // AWS refuses to delete what is protected there: the protection is taken off first, as an operator would (docs/operations.md).
  if (await holdsProtected(lab, stack)) await must(lab, stack, ["up", "--yes", "--skip-preview", "--suppress-outputs"], config);
  if (!attached) await must(lab, stack, destroy, config);
  else if ((await lab.attach(destroy, { stack, config })) !== 0) throw new SetupFault(`Stack ${stack}: cannot be destroyed; the engine said why`);
  lab.forgetValues(stack);
  await must(lab, stack, ["stack", "rm", stack, "--yes"]);
  await lab.freeDeletedNames();
}

const exportSchema = z.object({
  deployment: z.object({ resources: z.array(z.object({ outputs: z.record(z.string(), z.unknown()).optional() })).optional() }),
});

/** Whether anything of the stack is protected in the cloud itself. */
async function holdsProtected(lab: Lab, stack: string): Promise<boolean> {
  const { deployment } = exportSchema.parse(await lab.json(["stack", "export"], { stack }));
  return (deployment.resources ?? []).some(({ outputs }) => outputs?.["deletionProtection"] === true || outputs?.["enableDeletionProtection"] === true);
}

async function must(lab: Lab, stack: string, argv: readonly string[], config?: string): Promise<void> {
  const { status, stdout, stderr } = await lab.capture(argv, { stack, ...(config === undefined ? {} : { config }) });
  if (status !== 0) throw new SetupFault(`Stack ${stack}: pulumi ${argv.join(" ")} failed:\n${stderr}${stdout}`);
}
