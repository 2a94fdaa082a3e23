import { resourcesOfPreview, resourcesOfState, type CostResource } from "../../sla/cost";
import type { Lab } from "./lab";

/** What a stack is made of: what is there when it is up, and otherwise what an update would make. */
export async function resourcesOf(lab: Lab, stack: string): Promise<{ resources: CostResource[]; up: boolean }> {
  await lab.ensureStack(stack);
  const exported = (await lab.json(["stack", "export"], { stack })) as { deployment?: { resources?: unknown } };
  const deployed = exported.deployment?.resources === undefined ? [] : resourcesOfState(exported);
  return deployed.length > 0 ? { resources: deployed, up: true } : { resources: await wantedOf(lab, stack), up: false };
}

/** What a stack would be made of after an update, whatever of it is there now. */
export async function wantedOf(lab: Lab, stack: string): Promise<CostResource[]> {
  await lab.ensureStack(stack);
  return resourcesOfPreview(await lab.json(["preview", "--json", "--show-sames", "--non-interactive"], { stack }));
}
