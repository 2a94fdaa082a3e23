import type { Knex } from "knex";

const tables = ["posted_bundle", "seeded_bundle", "permanent_bundle", "failed_bundle"];

export async function up(knex: Knex): Promise<void> {
  for (const name of tables) {
    await knex.schema.alterTable(name, (table) => {
      table.integer("redrive_count").notNullable().defaultTo(0);
    });
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const name of tables) {
    await knex.schema.alterTable(name, (table) => {
      table.dropColumn("redrive_count");
    });
  }
}
