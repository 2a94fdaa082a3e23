import { join } from "node:path";
import { migrationConfig } from "../../../../common/knexConfig";
import { uploadDatabase } from "./name";

export default migrationConfig(uploadDatabase, join(__dirname, "../../migrations"));
