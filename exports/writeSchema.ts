import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportsJsonSchema } from "./contract";

/** Writes docs/exports.schema.json: `npx tsx exports/writeSchema.ts`. A test holds the file against the contract. */
writeFileSync(join(__dirname, "../docs/exports.schema.json"), `${JSON.stringify(exportsJsonSchema(), null, 2)}\n`);
