import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { costDocument } from "../../../sla/cost";
import { pricedStacks } from "./stacks";

export const costFile = join(__dirname, "../../../docs/cost.md");

/** The document of the stack files, with each hosting. */
export async function costText(): Promise<string> {
  return costDocument(await pricedStacks());
}

if (require.main === module)
  costText().then(
    (text) => {
      writeFileSync(costFile, text);
    },
    (fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`);
      process.exitCode = 1;
    },
  );
