import type { DatabaseName } from "../../../../common/knexConfig";

export const uploadDatabase: DatabaseName = { variable: "UPLOAD_DB_DATABASE", otherwise: "upload_service" };
