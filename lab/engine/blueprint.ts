import { parse } from "yaml";
import { makeBlueprint, makePlan, type Plan } from "../../blueprint";
import type { Blueprint, SelfHostedBlueprint } from "../../blueprint/types";
import { ownConfig, parseSettings, SettingsFault, type Settings } from "../../config/settings";
import { SetupFault } from "../setup/fault";

/** What a stack file asks for, computed without an engine. Throws a `SetupFault` that lists every fault of the file. */
export function blueprintOf(stack: string, stackFile: string): Blueprint {
  return made(stack, stackFile, makeBlueprint);
}

/** The same with every region of the stack. */
export function planOf(stack: string, stackFile: string): Plan {
  return made(stack, stackFile, makePlan);
}

function made<T>(stack: string, stackFile: string, make: (settings: Settings) => T): T {
  const file = parse(stackFile) as { config?: Record<string, unknown> } | null;
  try {
    return make(parseSettings(ownConfig(file?.config ?? {}), stack));
  } catch (fault) {
    if (fault instanceof SettingsFault) throw new SetupFault(fault.message);
    throw fault;
  }
}

/** The same for a stack on own hosts. Throws a `SetupFault` for a managed one. */
export function ownBlueprintOf(stack: string, stackFile: string): SelfHostedBlueprint {
  const blueprint = blueprintOf(stack, stackFile);
  if (blueprint.hosting === "selfHosted") return blueprint;
  throw new SetupFault(`Stack ${stack}: hosting is ${blueprint.hosting}; the lab boots hosts of hosting selfHosted, e.g. STACK=level1`);
}
