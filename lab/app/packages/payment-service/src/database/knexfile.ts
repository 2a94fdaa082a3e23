import { join } from "node:path";
import { migrationConfig } from "../../../common/knexConfig";
import { paymentDatabase } from "./name";

export default migrationConfig(paymentDatabase, join(__dirname, "../migrations"));
