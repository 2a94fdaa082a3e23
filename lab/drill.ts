import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { drills } from "./drills";
import type { Drill } from "./drills/drill";
import { resultsPage } from "./drills/page";
import { Unmeasurable } from "./drills/machine";
import { addResult, readResults, verdictOf, type TrialRecord } from "./drills/results";
import { runTrial } from "./drills/run";
import { summary } from "./drills/summary";
import { timelineSvg } from "./drills/timeline";
import { versionsOf } from "./drills/versions";
import { NotWhole, wantedObjects, type Say } from "./hosts/boot";
import type { HostLab } from "./hosts/lab";
import { wholeLab } from "./hosts/wholeLab";
import { defaultHome, repository } from "./setup/paths";
import { sayWithSeconds } from "./setup/say";
import { runMain, SetupFault } from "./setup/fault";

/** Exit code of core drills of which one broke a promise, or whose platform never became whole; 1 says that the machine, or the drill, did not let them be measured. */
const brokenStatus = 3;

/**
 * `make drill` (`all`, or `DRILL=` one) and `make drill-smoke` (`smoke`): breaks the platform, times its recovery, and accounts for
 * every acknowledged request. Fails unless every promise was kept.
 */
runMain(async () => {
  const smoke = process.argv[2] === "smoke";
  const wanted = process.env["DRILL"] ?? "";
  const trials = Number(process.env["TRIALS"] ?? "1");
  if (!Number.isInteger(trials) || trials < 1) throw new SetupFault(`TRIALS=${process.env["TRIALS"] ?? ""}: needed a whole number of at least 1`);
  const chosen = chosenDrills(wanted, smoke);
  const say = sayWithSeconds();
  const lab = await firstWhole(say);
  if (lab instanceof NotWhole) {
    process.stdout.write(`FAILED: ${lab.message}\n`);
    return smoke ? brokenStatus : 1;
  }
  const versions = await versionsOf(lab);
  const file = smoke ? join(defaultHome, "drill-smoke", "results.json") : join(repository, "docs/drills/results.json");
  const records: TrialRecord[] = [];
  const failures: string[] = [];
  let broken = 0;
  for (const drill of chosen) {
    for (let trial = 1; trial <= trials; trial += 1) {
      say(`── ${drill.name}${trials > 1 ? `, trial ${String(trial)} of ${String(trials)}` : ""}: ${drill.breaks}`);
      try {
        const { record, sent, window } = await runTrial(lab, drill, versions, say);
        records.push(record);
        addResult(file, record);
        // The longest gap that any recorded trial of the drill had is the one to look at.
        const longest = Math.max(
          ...readResults(file)
            .filter((one) => one.drill === drill.name)
            .map((one) => one.gapSeconds),
        );
        if (record.gapSeconds >= longest) writeFileSync(join(dirname(file), `${drill.name}.svg`), await timelineSvg(record, sent, window.failedAt));
        const verdict = verdictOf(record);
        if (verdict === "broken") broken += 1;
        say(
          `${verdict === "kept" ? "kept" : verdict.toUpperCase()}: gap ${record.gapSeconds.toFixed(2)} s of ${String(record.boundSeconds)}, ${String(record.acknowledgedLost)} of ${String(record.acknowledged)} lost`,
        );
        for (const one of record.broken) say(`  ${one}`);
        if (verdict !== "kept")
          failures.push(`${drill.name}: ${record.broken.join("; ")}${verdict === "broken" ? "" : " (unmeasured: this machine has no rest)"}`);
      } catch (fault) {
        // After the failure nothing but the platform's end of the promise is waited for: to be whole, to serve, to have done every job.
        if (!(fault instanceof Unmeasurable)) broken += 1;
        failures.push(`${drill.name}: ${(fault as Error).message}`);
        say(`FAILED: ${(fault as Error).stack ?? (fault as Error).message}`);
      }
    }
  }
  if (!smoke) writeResultsPage(lab, file);
  process.stdout.write(`\n${summary(records)}\n`);
  process.stdout.write(
    failures.length === 0
      ? `${String(records.length)} trials, every promise kept\n`
      : `${String(failures.length)} FAILED:\n${failures.map((one) => `  ${one}`).join("\n")}\n`,
  );
  if (failures.length === 0) return 0;
  return smoke && broken > 0 ? brokenStatus : 1;
});

/** The platform, or that it could be booted and did not become whole. */
async function firstWhole(say: Say): Promise<HostLab | NotWhole> {
  try {
    return await wholeLab(say);
  } catch (fault) {
    if (fault instanceof NotWhole) return fault;
    throw fault;
  }
}

/** Throws a `SetupFault` that lists the drills for a name that is none. */
function chosenDrills(wanted: string, smoke: boolean): readonly Drill[] {
  const objects = wantedObjects();
  const possible = drills.filter((drill) => drill.objects === undefined || drill.objects === objects);
  if (wanted === "") return smoke ? possible.filter((drill) => drill.core === true) : possible;
  const names = wanted.split(",");
  const unknown = names.filter((name) => !drills.some((drill) => drill.name === name));
  if (unknown.length > 0) throw new SetupFault(`DRILL=${unknown.join(",")}: no such drill; there are ${drills.map(({ name }) => name).join(", ")}`);
  const other = names.filter((name) => !possible.some((drill) => drill.name === name));
  if (other.length > 0) throw new SetupFault(`DRILL=${other.join(",")}: needs a platform with MinIO; give OBJECTS=minio`);
  return drills.filter((drill) => names.includes(drill.name));
}

function writeResultsPage(lab: HostLab, file: string): void {
  const directory = dirname(file);
  const pictures = new Set(readdirSync(directory).flatMap((name) => /^(.+)\.svg$/.exec(name)?.[1] ?? []));
  writeFileSync(join(directory, "README.md"), resultsPage(lab.blueprint, drills, readResults(file), pictures));
}
