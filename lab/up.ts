import { exportsSchema } from "../exports/contract";
import { openLab } from "./engine/lab";
import { stackFileText } from "./engine/stackFile";
import { lastUpdate } from "./engine/history";
import { runMain, SetupFault } from "./setup/fault";
import { summary } from "./summary";

/** `make up`: everything that is needed, then `pulumi up`, then what a person wants to know. */
runMain(async () => {
  const stack = process.env["STACK"] ?? "level1";
  stackFileText(stack);
  const lab = await openLab();
  await lab.ensureStack(stack);
  const began = Date.now();
  const status = await lab.attach(["up", "--yes", "--skip-preview", "--suppress-outputs"], { stack });
  if (status !== 0) return status;
  const seconds = (Date.now() - began) / 1000;
  const exported = exportsSchema.safeParse(await lab.json(["stack", "output", "--json"], { stack }));
  if (!exported.success) throw new SetupFault(`Stack ${stack}: its exports do not keep their contract (exports/contract.ts):\n${exported.error.message}`);
  process.stdout.write(`\n${summary(stack, exported.data, { changes: await lastUpdate(lab, stack), seconds })}`);
  return 0;
});
