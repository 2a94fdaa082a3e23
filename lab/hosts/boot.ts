import { setTimeout as sleep } from "node:timers/promises";
import { ownBlueprintOf } from "../engine/blueprint";
import { destroyStack } from "../engine/destroy";
import { lastUpdate } from "../engine/history";
import type { Blueprint } from "../../blueprint/types";
import type { Lab } from "../engine/lab";
import { SetupFault } from "../setup/fault";
import { artifactValues, labArtifacts, storedFiles, type ObjectStore } from "./artifacts";
import { endpointFaults, faultsOf } from "./health";
import { HostLab, needHostPrograms } from "./lab";
import { makeAuthority } from "./outside/authority";
import { platformOf } from "./platform";
import { ExportedStack } from "./stack";

/** Longest that a platform takes to become whole: a slow machine with all hosts installing at once. */
const wholeMilliseconds = 600_000;
const lookMilliseconds = 1000;
/** The look at everything takes a second or two of a core from the platform that it looks at. */
const wholeLookMilliseconds = 3000;
const sayMilliseconds = 10_000;

/** The platform did not become what its stack promises, in a time that any machine has for it. */
export class NotWhole extends Error {}

/** Says what is going on, in a line. */
export type Say = (what: string) => void;

/** Brings a stack up in the lab's cloud with the lab's artifacts, and boots its hosts. The platform is whole when this answers. */
export async function bootStack(lab: Lab, stack: string, objects: ObjectStore, say: Say): Promise<HostLab> {
  await needHostPrograms();
  const artifacts = await labArtifacts(objects);
  await HostLab.prepare(lab.home);
  if (lab.stackExists(stack) && ownBlueprintOf(stack, lab.stackFileText(stack)).objects.kind !== objects) {
    // Data resources are protected: a stack never changes where it keeps its objects by itself.
    say(`stack ${stack} keeps its objects elsewhere: it is destroyed first`);
    await destroyStack(lab, stack, false);
  }
  lab.setValues(stack, artifactValues(artifacts));
  await lab.ensureStack(stack);
  const up = await lab.capture(["up", "--yes", "--skip-preview", "--suppress-outputs"], { stack });
  if (up.status !== 0) {
    await HostLab.stop(lab.home);
    throw new SetupFault(`Stack ${stack}: cannot be brought up:\n${up.stdout}${up.stderr}`);
  }
  const [changes, exported] = await Promise.all([lastUpdate(lab, stack), ExportedStack.of(lab, stack)]);
  const counts = Object.entries(changes).map(([what, count]) => `${String(count)} ${what}`);
  say(`stack ${stack} is up on the embedded cloud (${counts.join(", ")})`);
  const blueprint = ownBlueprintOf(stack, lab.stackFileText(stack));
  const platform = platformOf(exported);
  const hosts = await HostLab.start(lab.home, { platform, blueprint, files: storedFiles(blueprint, artifacts) }, await makeAuthority(), say);
  await untilWhole(hosts, say);
  return hosts;
}

/** Waits until nothing is missing. Throws `NotWhole` with what still is. */
export async function untilWhole(lab: HostLab, say: Say, milliseconds = wholeMilliseconds): Promise<void> {
  await untilFaultless(lab, faultsOf, say, milliseconds);
}

/** The same for any platform, of which `allFaults` knows what keeps it from being whole. */
export async function untilFaultless<Of extends HostLab<Blueprint>>(
  lab: Of,
  allFaults: (lab: Of) => Promise<string[]>,
  say: Say,
  milliseconds = wholeMilliseconds,
): Promise<void> {
  const latest = Date.now() + milliseconds;
  // What costs little to know is asked for first: hosts that make themselves need the machine.
  for (const look of [unmadeHosts, endpointFaults, allFaults]) {
    let said = Date.now();
    for (;;) {
      const faults = await look(lab);
      if (faults.length === 0) break;
      if (Date.now() > latest) throw new NotWhole(`the platform is not whole after ${String(milliseconds / 1000)} s:\n${(await allFaults(lab)).join("\n")}`);
      if (Date.now() - said > sayMilliseconds) {
        said = Date.now();
        say(`waiting for ${String(faults.length)}: ${faults.slice(0, 3).join("; ")}${faults.length > 3 ? "; …" : ""}`);
      }
      await sleep(look === allFaults ? wholeLookMilliseconds : lookMilliseconds);
    }
  }
}

/** What `OBJECTS=` says. Throws a `SetupFault` for anything else. */
export function wantedObjects(given = process.env["OBJECTS"]): ObjectStore {
  if (given === undefined || given === "" || given === "s3") return "s3";
  if (given === "minio") return "minio";
  throw new SetupFault(`OBJECTS=${given}: needed s3 or minio`);
}

/** Hosts whose first boot has not come to its end. */
async function unmadeHosts(lab: HostLab<Blueprint>): Promise<string[]> {
  const unmade = lab.hosts().filter((host) => !host.made());
  return Promise.resolve(unmade.map(({ host }) => `${host.name} makes itself`));
}
