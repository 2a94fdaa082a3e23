import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.raw("CREATE TYPE x402_payment_status AS ENUM ('pending_validation', 'confirmed', 'refunded', 'fraud_penalty')");
  await knex.schema.createTable("x402_payment_transaction", (table) => {
    table.uuid("id").primary();
    table.string("tx_hash").notNullable().unique();
    table.string("user_address").notNullable();
    table.string("winc").notNullable();
    table.specificType("status", "x402_payment_status").notNullable();
    table.timestamp("paid_at", { useTz: false }).notNullable().defaultTo(knex.fn.now());
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("x402_payment_transaction");
  await knex.raw("DROP TYPE x402_payment_status");
}
