import type { Knex } from "knex";

/** Another run has brought the plan further already: a warning, and the job is done. */
export class PlanElsewhere extends Error {}

const later = ["new_bundle", "posted_bundle", "seeded_bundle", "permanent_bundle"];

/** Called when a plan is not where a job looks for it. Throws `PlanElsewhere` when it is further on, and an error when it is nowhere. */
export async function requirePlanIsNowhereElse(knex: Knex, planId: string): Promise<never> {
  const found = await Promise.all(later.map((table) => knex(table).where({ plan_id: planId }).first("plan_id")));
  if (found.some((row: unknown) => row !== undefined)) throw new PlanElsewhere(`plan ${planId}: in another state`);
  throw new Error(`plan ${planId}: not found`);
}
