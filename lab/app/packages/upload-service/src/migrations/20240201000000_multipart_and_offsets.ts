import type { Knex } from "knex";

const withoutZone = { useTz: false };

export async function up(knex: Knex): Promise<void> {
  for (const name of ["in_flight_multi_part_upload", "finished_multi_part_upload"]) {
    await knex.schema.createTable(name, (table) => {
      table.string("upload_id").primary();
      table.string("upload_key").notNullable();
      table.string("chunk_size").notNullable();
      // The application reads the payer out of the data item; the workload's items are opaque.
      table.string("lab_address").notNullable();
      table.timestamp("created_at", withoutZone).notNullable().defaultTo(knex.fn.now());
      if (name === "finished_multi_part_upload") {
        table.timestamp("finalized_at", withoutZone).notNullable().defaultTo(knex.fn.now());
        table.string("data_item_id").notNullable().index();
      }
    });
  }
  await knex.schema
    .createTable("data_item_offsets", (table) => {
      table.string("data_item_id").primary();
      table.string("root_bundle_id").notNullable();
      table.string("start_offset_in_root_bundle").notNullable();
      table.string("raw_content_length").notNullable();
      table.string("parent_data_item_id").nullable();
    })
    .createTable("config", (table) => {
      table.string("key").primary();
      table.string("value").notNullable();
    });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ["config", "data_item_offsets", "finished_multi_part_upload", "in_flight_multi_part_upload"]) await knex.schema.dropTable(table);
}
