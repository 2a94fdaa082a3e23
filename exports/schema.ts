import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportsJsonSchema } from "./contract";

/** `node --require tsx/cjs exports/schema.ts` writes the contract's JSON Schema where a consumer finds it. */
writeFileSync(join(__dirname, "../docs/exports.schema.json"), `${JSON.stringify(exportsJsonSchema(), null, 2)}\n`);
