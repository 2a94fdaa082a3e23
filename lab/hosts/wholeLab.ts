import { openLab } from "../engine/lab";
import { defaultHome } from "../setup/paths";
import { bootStack, wantedObjects, type Say } from "./boot";
import { joinLookers } from "./cgroups";
import { faultsOf } from "./health";
import { HostLab, isSelfHosted } from "./lab";

/** The lab that is up and whole, with the stack and the objects that are wanted, or a new one. Who asks looks at it from now on. */
export async function wholeLab(say: Say): Promise<HostLab> {
  const lab = await foundOrBooted(say);
  joinLookers();
  return lab;
}

async function foundOrBooted(say: Say): Promise<HostLab> {
  const stack = process.env["STACK"] ?? "level1";
  const found = HostLab.find(process.env["LAB_HOME"] ?? defaultHome);
  const objects = wantedObjects();
  const same = found?.blueprint.stack === stack && found.blueprint.objects.kind === objects;
  if (found !== undefined && isSelfHosted(found) && same && (await faultsOf(found).catch(() => ["none answers"])).length === 0) return found;
  say("no whole platform is up: it is booted");
  return bootStack(await openLab(), stack, objects, say);
}
