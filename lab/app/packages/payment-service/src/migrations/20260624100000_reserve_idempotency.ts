import type { Knex } from "knex";

const index = "balance_reservation_active_unique";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable("balance_reservation", (table) => {
    table.boolean("is_refunded").notNullable().defaultTo(false);
  });
  await knex.raw("CREATE UNIQUE INDEX ?? ON balance_reservation (data_item_id) WHERE is_refunded = false", [index]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("DROP INDEX ??", [index]);
  await knex.schema.alterTable("balance_reservation", (table) => {
    table.dropColumn("is_refunded");
  });
}
