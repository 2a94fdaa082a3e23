import type { Knex } from "knex";
import { recordEffect, type Run } from "../../../../common/effects";
import { moveRows } from "../../../../common/moveRows";
import { errorCode, lockNotAvailable } from "../../../../common/pools";
import { plannedItems, repackItems } from "./plans";
import { requirePlanIsNowhereElse } from "./states";

/** A bundle on its way. Sizes in bytes. */
export interface Bundle {
  planId: string;
  bundleId: string;
  headerBytes: number;
  payloadBytes: number;
}

interface BundleRow {
  plan_id: string;
  bundle_id: string;
  header_byte_count: string;
  payload_byte_count: string;
  posted_date: Date;
  redrive_count: number;
}

/** Longest list of one look. */
const limit = 50;

/** A prepared bundle takes the place of its plan. Throws `PlanElsewhere` when another run has done that. */
export async function insertNewBundle(writer: Knex, bundle: Bundle, run: Run): Promise<void> {
  const row = { bundle_id: bundle.bundleId, header_byte_count: String(bundle.headerBytes), payload_byte_count: String(bundle.payloadBytes), reward: "0" };
  await writer.transaction(async (transaction) => {
    const moved = await moveRows(transaction, "bundle_plan", "new_bundle", { column: "plan_id", in: [bundle.planId] }, (plan) => ({ ...plan, ...row }));
    if (moved.length === 0) await requirePlanIsNowhereElse(transaction, bundle.planId);
    await recordEffect(transaction, run, bundle.bundleId);
  });
}

/** The bundle of a plan that has to be posted. Throws `PlanElsewhere`. */
export async function bundleToPost(writer: Knex, planId: string): Promise<Bundle> {
  const row = await writer<BundleRow>("new_bundle").where({ plan_id: planId }).first();
  return row === undefined ? requirePlanIsNowhereElse(writer, planId) : toBundle(row);
}

export async function insertPosted(writer: Knex, bundleId: string, usdToArRate: number | undefined, run: Run): Promise<void> {
  await move(writer, "new_bundle", "posted_bundle", bundleId, run, { usd_to_ar_rate: usdToArRate ?? null });
}

/** The bundle of a plan that has to be seeded. Throws `PlanElsewhere`. */
export async function bundleToSeed(writer: Knex, planId: string): Promise<Bundle> {
  const row = await writer<BundleRow>("posted_bundle").where({ plan_id: planId }).first();
  return row === undefined ? requirePlanIsNowhereElse(writer, planId) : toBundle(row);
}

export async function insertSeeded(writer: Knex, bundleId: string, run: Run): Promise<void> {
  await move(writer, "posted_bundle", "seeded_bundle", bundleId, run, {});
}

/** Seeded bundles, oldest first; none while another look holds the rows, which is for one statement only. */
export async function seededBundles(writer: Knex): Promise<Bundle[]> {
  return (await lockedRows(writer<BundleRow>("seeded_bundle"))).map(toBundle);
}

/** Posted bundles whose seeding has taken too long. */
export async function stalePosted(writer: Knex, olderThanMilliseconds: number): Promise<Bundle[]> {
  const old = writer<BundleRow>("posted_bundle").whereRaw("posted_date < now() - (? * interval '1 millisecond')", [olderThanMilliseconds]);
  return (await lockedRows(old)).map(toBundle);
}

/** Counts one more try to seed a bundle and gives the count. */
export async function countRedrive(writer: Knex, planId: string, run: Run): Promise<number> {
  return writer.transaction(async (transaction) => {
    const [row] = await transaction<BundleRow>("posted_bundle").where({ plan_id: planId }).increment("redrive_count", 1).returning("redrive_count");
    await recordEffect(transaction, run, `${planId}/${String(row?.redrive_count)}`);
    return row?.redrive_count ?? 0;
  });
}

/** A bundle's data items, at most a hundred at a time, are permanent. */
export async function makeItemsPermanent(writer: Knex, dataItemIds: readonly string[], bundleId: string, blockHeight: number, run: Run): Promise<void> {
  await writer.transaction(async (transaction) => {
    const moved = await moveRows(transaction, "planned_data_item", "permanent_data_items", { column: "data_item_id", in: dataItemIds }, (row) => ({
      ...row,
      bundle_id: bundleId,
      block_height: blockHeight,
    }));
    for (const row of moved) await recordEffect(transaction, run, String(row["data_item_id"]));
  });
}

export async function makeBundlePermanent(writer: Knex, bundleId: string, blockHeight: number, run: Run): Promise<void> {
  await move(writer, "seeded_bundle", "permanent_bundle", bundleId, run, { block_height: blockHeight, indexed_on_gql: false });
}

/** A bundle that will never be on chain: its data items go back to be planned, then its row to the failed ones. */
export async function failBundle(
  writer: Knex,
  from: "new_bundle" | "posted_bundle" | "seeded_bundle",
  { planId, bundleId }: Bundle,
  why: string,
  run: Run,
): Promise<void> {
  const items = await plannedItems(writer, planId);
  await repackItems(
    writer,
    items.map((item) => item.dataItemId),
    bundleId,
  );
  await move(writer, from, "failed_bundle", bundleId, run, { failed_reason: why });
}

async function move(writer: Knex, from: string, to: string, bundleId: string, run: Run, more: Record<string, unknown>): Promise<void> {
  await writer.transaction(async (transaction) => {
    const moved = await moveRows(transaction, from, to, { column: "bundle_id", in: [bundleId] }, (row) => ({ ...row, ...more }));
    if (moved.length === 0) throw new Error(`bundle ${bundleId}: not in ${from}`);
    await recordEffect(transaction, run, bundleId);
  });
}

async function lockedRows(query: Knex.QueryBuilder<BundleRow, BundleRow[]>): Promise<BundleRow[]> {
  try {
    return await query.orderBy("posted_date").limit(limit).forUpdate().noWait();
  } catch (fault) {
    if (errorCode(fault) === lockNotAvailable) return [];
    throw fault;
  }
}

function toBundle(row: BundleRow): Bundle {
  return { planId: row.plan_id, bundleId: row.bundle_id, headerBytes: Number(row.header_byte_count), payloadBytes: Number(row.payload_byte_count) };
}
