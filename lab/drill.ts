import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { drills } from "./drills";
import type { Drill } from "./drills/drill";
import { resultsPage } from "./drills/page";
import { readResults } from "./drills/results";
import { Session } from "./drills/session";
import { versionsOf } from "./drills/versions";
import { NotWhole, wantedObjects, type Say } from "./hosts/boot";
import type { HostLab } from "./hosts/lab";
import { wholeLab } from "./hosts/wholeLab";
import { defaultHome, repository } from "./setup/paths";
import { sayWithSeconds } from "./setup/say";
import { runMain, SetupFault } from "./setup/fault";

/** Exit code of core drills of which one broke its promise twice, or whose platform never became whole; 1 says less: broken once, or not measured. */
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
  const file = smoke ? join(defaultHome, "drill-smoke", "results.json") : join(repository, "docs/drills/results.json");
  const session = new Session(lab, await versionsOf(lab), file, say);
  const broken: Drill[] = [];
  for (const drill of chosen) {
    for (let trial = 1; trial <= trials; trial += 1) {
      if ((await session.try(drill, trials > 1 ? `, trial ${String(trial)} of ${String(trials)}` : "")) === "broken") broken.push(drill);
    }
  }
  let brokenTwice = 0;
  if (smoke) for (const drill of broken) if ((await session.try(drill, ", once more")) === "broken") brokenTwice += 1;
  if (!smoke) writeResultsPage(lab, file);
  process.stdout.write(session.summary());
  if (brokenTwice > 0) return brokenStatus;
  return session.failures.length === 0 ? 0 : 1;
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
