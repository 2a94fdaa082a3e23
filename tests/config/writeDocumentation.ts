import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationDocument } from "../../config/documentation";

writeFileSync(join(__dirname, "../../docs/configuration.md"), configurationDocument());
