import type { Knex } from "knex";
import { createEffectTable } from "../../../common/effects";
import { partitions, partitionStatement } from "../arch/db/partitions";

const withoutZone = { useTz: false };
/** Room for twenty bundles' identities and commas. */
const failedBundlesLength = 44 * 20;

function itemColumns(knex: Knex, table: Knex.CreateTableBuilder): void {
  table.string("data_item_id").notNullable();
  table.string("owner_public_address").notNullable();
  table.string("byte_count").notNullable();
  table.string("assessed_winston_price").notNullable();
  table.string("failed_bundles", failedBundlesLength).nullable();
  table.string("deadline_height").nullable();
  table.timestamp("uploaded_date", withoutZone).notNullable().defaultTo(knex.fn.now());
}

function planColumns(knex: Knex, table: Knex.CreateTableBuilder): void {
  table.string("plan_id").notNullable();
  table.timestamp("planned_date", withoutZone).notNullable().defaultTo(knex.fn.now());
}

/** Tables of bundles, each with what the one before it has and a little more. */
const bundleTables: { name: string; more: (table: Knex.CreateTableBuilder, knex: Knex) => void }[] = [
  { name: "new_bundle", more: () => undefined },
  {
    name: "posted_bundle",
    more: (table, knex) => {
      table.timestamp("posted_date", withoutZone).notNullable().defaultTo(knex.fn.now());
      table.decimal("usd_to_ar_rate").nullable();
    },
  },
  {
    name: "seeded_bundle",
    more: (table, knex) => {
      table.timestamp("seeded_date", withoutZone).notNullable().defaultTo(knex.fn.now());
    },
  },
  {
    name: "permanent_bundle",
    more: (table, knex) => {
      table.timestamp("permanent_date", withoutZone).notNullable().defaultTo(knex.fn.now());
      table.string("block_height").notNullable();
      table.boolean("indexed_on_gql").nullable();
    },
  },
];

export async function up(knex: Knex): Promise<void> {
  await knex.schema
    .createTable("new_data_item", (table) => {
      itemColumns(knex, table);
      table.primary(["data_item_id"]);
      table.index("uploaded_date");
    })
    .createTable("bundle_plan", (table) => {
      planColumns(knex, table);
      table.primary(["plan_id"]);
    });
  for (const name of ["planned_data_item", "failed_data_item"]) {
    await knex.schema.createTable(name, (table) => {
      itemColumns(knex, table);
      planColumns(knex, table);
      table.primary(["data_item_id"]);
      table.index("plan_id");
      if (name === "failed_data_item") {
        table.string("failed_reason").notNullable();
        table.timestamp("failed_date", withoutZone).notNullable().defaultTo(knex.fn.now());
      }
    });
  }
  for (const [index, { name }] of bundleTables.entries()) {
    await knex.schema.createTable(name, (table) => {
      planColumns(knex, table);
      table.string("bundle_id").primary();
      table.string("reward").notNullable();
      table.string("header_byte_count").notNullable();
      table.string("payload_byte_count").notNullable();
      for (const { more } of bundleTables.slice(0, index + 1)) more(table, knex);
      table.unique(["plan_id"]);
    });
  }
  await knex.schema.createTable("failed_bundle", (table) => {
    planColumns(knex, table);
    table.string("bundle_id").primary();
    table.string("reward").notNullable();
    table.string("header_byte_count").notNullable();
    table.string("payload_byte_count").notNullable();
    table.timestamp("posted_date", withoutZone).nullable();
    table.decimal("usd_to_ar_rate").nullable();
    table.timestamp("seeded_date", withoutZone).nullable();
    table.string("failed_reason").notNullable();
    table.timestamp("failed_date", withoutZone).notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw(`CREATE TABLE permanent_data_items (
    LIKE planned_data_item INCLUDING DEFAULTS,
    bundle_id varchar(255) NOT NULL,
    block_height integer NOT NULL,
    permanent_date timestamp NOT NULL DEFAULT now(),
    PRIMARY KEY (data_item_id, uploaded_date)
  ) PARTITION BY RANGE (uploaded_date)`);
  await knex.raw("CREATE TABLE permanent_data_items_default PARTITION OF permanent_data_items DEFAULT");
  for (const partition of partitions(new Date(), 2)) await knex.raw(partitionStatement(partition));
  await createEffectTable(knex);
}

export async function down(knex: Knex): Promise<void> {
  const tables = ["job_effect", "permanent_data_items", "failed_bundle", ...bundleTables.map(({ name }) => name)].concat([
    "failed_data_item",
    "planned_data_item",
    "bundle_plan",
    "new_data_item",
  ]);
  for (const table of tables) await knex.schema.dropTable(table);
}
