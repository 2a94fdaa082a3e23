import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ManagedBlueprint } from "../blueprint/types";
import { versionsOf } from "./drills/versions";
import { openLab } from "./engine/lab";
import type { Say } from "./hosts/boot";
import { joinLookers } from "./hosts/cgroups";
import { HostLab, isManaged } from "./hosts/lab";
import { bootManaged } from "./managed/boot";
import type { ManagedDrill } from "./managed/drill";
import { managedDrills } from "./managed/failures";
import { managedFaults } from "./managed/health";
import { managedPage } from "./managed/page";
import { addManaged, readManaged } from "./managed/results";
import { runManagedTrial } from "./managed/run";
import { runMain, SetupFault } from "./setup/fault";
import { defaultHome, repository } from "./setup/paths";
import { sayWithSeconds } from "./setup/say";

/** Has managed services, unless `STACK=` names another. */
const stackOfServices = "level2";

/** `make drill-managed`: moves the names of managed services, times the platform's recovery, and accounts for every acknowledged request. */
runMain(async () => {
  const trials = Number(process.env["TRIALS"] ?? "1");
  if (!Number.isInteger(trials) || trials < 1) throw new SetupFault(`TRIALS=${process.env["TRIALS"] ?? ""}: needed a whole number of at least 1`);
  const chosen = chosenDrills(process.env["DRILL"] ?? "");
  const say = sayWithSeconds();
  const lab = await wholeManaged(say);
  joinLookers();
  const versions = await versionsOf(lab);
  const directory = join(repository, "docs/drills");
  const file = join(directory, "managed.json");
  const failures: string[] = [];
  for (const drill of chosen) {
    for (let trial = 1; trial <= trials; trial += 1) {
      say(`── ${drill.name}, trial ${String(trial)} of ${String(trials)}: ${drill.breaks}`);
      try {
        const record = await runManagedTrial(lab, drill, versions, say);
        addManaged(file, record);
        say(
          `${record.passed ? "kept" : "BROKEN"}: ${record.gapSeconds.toFixed(2)} s of ${String(record.boundSeconds)}, ${String(record.acknowledgedLost)} of ${String(record.acknowledged)} lost`,
        );
        if (!record.passed) failures.push(`${drill.name}: ${record.broken.join("; ")}`);
      } catch (fault) {
        failures.push(`${drill.name}: ${(fault as Error).message}`);
        say(`FAILED: ${(fault as Error).stack ?? (fault as Error).message}`);
      }
    }
  }
  writeFileSync(join(directory, "managed.md"), managedPage(managedDrills, readManaged(file)));
  process.stdout.write(
    failures.length === 0 ? "every promise kept\n" : `${String(failures.length)} FAILED:\n${failures.map((one) => `  ${one}`).join("\n")}\n`,
  );
  return failures.length === 0 ? 0 : 1;
});

/** The lab that is up and whole, or a new one. */
async function wholeManaged(say: Say): Promise<HostLab<ManagedBlueprint>> {
  const stack = process.env["STACK"] ?? stackOfServices;
  const found = HostLab.find(process.env["LAB_HOME"] ?? defaultHome);
  if (found !== undefined && isManaged(found) && found.blueprint.stack === stack && (await managedFaults(found).catch(() => ["none answers"])).length === 0)
    return found;
  say("no whole platform of managed services is up: it is booted");
  return bootManaged(await openLab(), stack, say);
}

/** Throws a `SetupFault` that lists the drills for a name that is none. */
function chosenDrills(wanted: string): readonly ManagedDrill[] {
  if (wanted === "") return managedDrills;
  const names = wanted.split(",");
  const unknown = names.filter((name) => !managedDrills.some((drill) => drill.name === name));
  if (unknown.length > 0) throw new SetupFault(`DRILL=${unknown.join(",")}: no such drill; there are ${managedDrills.map(({ name }) => name).join(", ")}`);
  return managedDrills.filter((drill) => names.includes(drill.name));
}
