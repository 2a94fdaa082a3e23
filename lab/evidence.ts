import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceOf } from "../sla/drillRecords";
import type { Evidence } from "../sla/evidence";
import { repository } from "./setup/paths";

/** What the recorded drills showed, of own hosts and of managed services. */
export function readEvidence(): Evidence[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(repository, "docs/drills", file), "utf8")) as unknown;
  return [...evidenceOf("selfHosted", read("results.json")), ...evidenceOf("managed", read("managed.json"))];
}
