import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policiesDocument } from "../../policies/document";
import { rules } from "../../policies/rules";

export const policiesFile = join(__dirname, "../../docs/policies.md");

export function policiesText(): string {
  return policiesDocument(rules);
}

if (require.main === module) writeFileSync(policiesFile, policiesText());
