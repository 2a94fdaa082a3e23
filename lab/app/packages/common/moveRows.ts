import type { Knex } from "knex";

export type Row = Record<string, unknown>;

/**
 * Takes rows out of one table and puts them into another: whoever comes second finds none. Gives the rows as they were.
 * To be run in a transaction.
 */
export async function moveRows(
  transaction: Knex,
  from: string,
  to: string,
  rows: { column: string; in: readonly string[] },
  change: (row: Row) => Row = (row) => row,
): Promise<Row[]> {
  const taken: Row[] = await transaction<Row>(from)
    .whereIn(rows.column, [...rows.in])
    .del()
    .returning("*");
  if (taken.length > 0) await transaction.batchInsert(to, taken.map(change));
  return taken;
}
