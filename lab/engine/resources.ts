import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourcesOfPreview, resourcesOfState, type CostResource } from "../../sla/cost";
import { openLab, type Lab } from "./lab";

const preview = ["preview", "--json", "--show-sames", "--non-interactive"];

/** What a stack is made of: what is there when it is up, and otherwise what an update would make. */
export async function resourcesOf(lab: Lab, stack: string): Promise<{ resources: CostResource[]; up: boolean }> {
  await lab.ensureStack(stack);
  const exported = (await lab.json(["stack", "export"], { stack })) as { deployment?: { resources?: unknown } };
  const deployed = exported.deployment?.resources === undefined ? [] : resourcesOfState(exported);
  return deployed.length > 0 ? { resources: deployed, up: true } : { resources: resourcesOfPreview(await lab.json(preview, { stack })), up: false };
}

/** What a stack file makes where nothing is yet. What is up of the stack does not count, nor could it refuse the change. */
export async function wantedOf(stack: string, config: string): Promise<CostResource[]> {
  const home = mkdtempSync(join(tmpdir(), "bundler-lab-"));
  try {
    const lab = await openLab(home);
    await lab.ensureStack(stack);
    return resourcesOfPreview(await lab.json(preview, { stack, config }));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
