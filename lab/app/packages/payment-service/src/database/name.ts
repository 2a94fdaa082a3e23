import type { DatabaseName } from "../../../common/knexConfig";

export const paymentDatabase: DatabaseName = { variable: "PAYMENT_DB_DATABASE", otherwise: "payment_service" };
