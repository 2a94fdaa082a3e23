import { join } from "node:path";
import type { Evidence } from "../sla/evidence";
import { readResults } from "./drills/results";
import { byDrill } from "./drills/summary";
import { readManaged } from "./managed/results";
import { repository } from "./setup/paths";

const directory = join(repository, "docs/drills");

interface Trial {
  drill: string;
  date: string;
  gapSeconds: number;
  passed: boolean;
  acknowledgedLost: number;
  allowedLost: number;
}

/** What the recorded drills showed, of own hosts and of managed services. */
export function readEvidence(): Evidence[] {
  return [
    ...evidenceOf("selfHosted", readResults(join(directory, "results.json"))),
    ...evidenceOf(
      "managed",
      readManaged(join(directory, "managed.json")).map((one) => ({ ...one, allowedLost: 0 })),
    ),
  ];
}

function evidenceOf(hosting: Evidence["hosting"], records: readonly Trial[]): Evidence[] {
  return [...byDrill(records)].map(([drill, trials]) => ({
    hosting,
    drill,
    trials: trials.length,
    worstSeconds: Math.max(...trials.map(({ gapSeconds }) => gapSeconds)),
    broken: trials.filter(({ passed }) => !passed).length,
    lost: trials.reduce((sum, one) => sum + Math.max(0, one.acknowledgedLost - one.allowedLost), 0),
    date: trials.map(({ date }) => date).reduce((latest, one) => (one > latest ? one : latest)),
  }));
}
