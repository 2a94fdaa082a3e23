import type { ApplicationDatabase } from "./types";

/** Both application databases have one owner: the application creates partitions in them as itself (app-contract §3.3). */
export const databaseOwner = "bundler";
export const databaseNames = { payment: "payment_service", upload: "upload_service" } as const;

export const applicationDatabases: readonly ApplicationDatabase[] = Object.values(databaseNames).map((name) => ({ name, owner: databaseOwner }));

/** Statements that take longer are logged (the guide's). */
export const slowStatementMilliseconds = 1000;
