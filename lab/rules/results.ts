import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { RuleRecord } from "./check";
import { rulesPage } from "./page";

/** Puts a record in the place of the rule's last one, and writes the page anew. Records of rules that are none of `names` go. */
export function addRule(file: string, record: RuleRecord, names: readonly string[]): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RuleRecord[]) : [];
  const records = [...before.filter(({ rule }) => rule !== record.rule && names.includes(rule)), record].sort((a, b) => a.rule.localeCompare(b.rule));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(records, null, 1)}\n`);
  writeFileSync(file.replace(/\.json$/, ".md"), rulesPage(records));
}
