import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promiseDocument } from "../../sla/document";
import { plans } from "./writeLevels";

export const promiseFile = join(__dirname, "../../docs/promise.md");

/** The document of the stack files, with each hosting. */
export function promiseText(): string {
  return promiseDocument([...plans().values()]);
}

if (require.main === module) writeFileSync(promiseFile, promiseText());
