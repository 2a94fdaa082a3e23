import { z } from "zod";
import type { Lab } from "./lab";

/** Resources by what an update did with them, e.g. `create` or `same`. */
export type Changes = Readonly<Record<string, number>>;

const history = z.array(z.object({ resourceChanges: z.record(z.string(), z.int()).optional() }));

/** What a stack's last update did. */
export async function lastUpdate(lab: Lab, stack: string): Promise<Changes> {
  const updates = history.parse(await lab.json(["stack", "history", "--json", "--page-size", "1", "--page", "1"], { stack }));
  return updates[0]?.resourceChanges ?? {};
}
