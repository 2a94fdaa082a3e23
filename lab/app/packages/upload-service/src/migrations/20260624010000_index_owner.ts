import type { Knex } from "knex";

const tables = ["new_data_item", "planned_data_item"];

/** An index is made beside running writers only outside a transaction. */
export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  for (const table of tables) {
    await knex.raw("CREATE INDEX CONCURRENTLY IF NOT EXISTS ?? ON ?? (owner_public_address)", [`${table}_owner_public_address_index`, table]);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of tables) await knex.raw("DROP INDEX CONCURRENTLY IF EXISTS ??", [`${table}_owner_public_address_index`]);
}
