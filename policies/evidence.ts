import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceOf } from "../sla/drillRecords";
import type { Evidence } from "../sla/evidence";

const drills = join(__dirname, "../docs/drills");

/** What the recorded drills of this checkout showed. Throws when their files are missing or damaged. */
export function readEvidence(): Evidence[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(drills, file), "utf8")) as unknown;
  return [...evidenceOf("selfHosted", read("results.json")), ...evidenceOf("managed", read("managed.json"))];
}
