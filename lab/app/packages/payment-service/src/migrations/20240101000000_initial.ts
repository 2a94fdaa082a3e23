import type { Knex } from "knex";
import { createEffectTable } from "../../../common/effects";

const withoutZone = { useTz: false };

export async function up(knex: Knex): Promise<void> {
  const now = knex.fn.now();
  await knex.schema
    .createTable("user", (table) => {
      table.string("user_address").primary();
      table.string("user_address_type").notNullable().defaultTo("arweave");
      table.timestamp("user_creation_date", withoutZone).notNullable().defaultTo(now);
      table.string("winston_credit_balance").notNullable();
    })
    .createTable("audit_log", (table) => {
      table.bigIncrements("audit_id");
      table.timestamp("audit_date", withoutZone).notNullable().defaultTo(now);
      table.string("user_address").notNullable();
      table.string("winston_credit_amount").notNullable();
      table.string("change_reason").notNullable();
      table.string("change_id").notNullable();
    })
    .createTable("payment_receipt", (table) => {
      table.string("payment_receipt_id").primary();
      table.string("destination_address").notNullable().index();
      table.string("winston_credit_amount").notNullable();
      table.string("payment_provider").notNullable();
      table.timestamp("payment_receipt_date", withoutZone).notNullable().defaultTo(now);
    })
    .createTable("balance_reservation", (table) => {
      table.string("reservation_id").primary();
      table.string("user_address").notNullable().index();
      table.string("data_item_id").notNullable();
      table.string("reserved_winc_amount").notNullable();
      table.string("network_winc_amount").notNullable();
      table.timestamp("reserved_date", withoutZone).notNullable().defaultTo(now);
    });
  for (const name of ["pending_payment_transaction", "credited_payment_transaction"]) {
    await knex.schema.createTable(name, (table) => {
      table.string("transaction_id").primary();
      table.string("token_type").notNullable();
      table.string("destination_address").notNullable();
      table.string("winston_credit_amount").notNullable();
      table.timestamp("created_date", withoutZone).notNullable().defaultTo(now);
      if (name === "credited_payment_transaction") {
        table.integer("block_height").notNullable();
        table.timestamp("credited_date", withoutZone).notNullable().defaultTo(now);
      }
    });
  }
  await knex.schema
    .createTable("upload_adjustment_catalog", (table) => {
      table.string("catalog_id").primary();
      table.timestamp("adjustment_start_date", withoutZone).notNullable().defaultTo(now);
      table.timestamp("adjustment_end_date", withoutZone).nullable();
      table.integer("adjustment_priority").notNullable().defaultTo(500);
      table.string("operator_magnitude").notNullable();
    })
    .createTable("arns_purchase_receipt", (table) => {
      table.string("nonce").primary();
      table.string("name").notNullable();
      table.string("owner").notNullable();
      table.string("winc").notNullable();
      table.string("message_id").nullable();
      table.timestamp("created_date", withoutZone).notNullable().defaultTo(now);
    })
    .createTable("failed_arns_purchase", (table) => {
      table.string("nonce").primary();
      table.string("name").notNullable();
      table.string("owner").notNullable();
      table.string("winc").notNullable();
      table.string("failed_reason").notNullable();
      table.timestamp("failed_date", withoutZone).notNullable().defaultTo(now);
    });
  await createEffectTable(knex);
}

export async function down(knex: Knex): Promise<void> {
  const tables = [
    "job_effect",
    "failed_arns_purchase",
    "arns_purchase_receipt",
    "upload_adjustment_catalog",
    "credited_payment_transaction",
    "pending_payment_transaction",
    "balance_reservation",
    "payment_receipt",
    "audit_log",
    "user",
  ];
  for (const table of tables) await knex.schema.dropTable(table);
}
