import type { Knex } from "knex";

const index = "audit_log_user_address_index";

/** An index is made beside running writers only outside a transaction. */
export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await knex.raw("CREATE INDEX CONCURRENTLY IF NOT EXISTS ?? ON audit_log (user_address)", [index]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("DROP INDEX CONCURRENTLY IF EXISTS ??", [index]);
}
