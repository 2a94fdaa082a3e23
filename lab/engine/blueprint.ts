import { parse } from "yaml";
import { makeBlueprint } from "../../blueprint";
import type { Blueprint } from "../../blueprint/types";
import { ownConfig, parseSettings, SettingsFault } from "../../config/settings";
import { SetupFault } from "../setup/fault";

/** What a stack file asks for, computed without an engine. Throws a `SetupFault` that lists every fault of the file. */
export function blueprintOf(stack: string, stackFile: string): Blueprint {
  const file = parse(stackFile) as { config?: Record<string, unknown> } | null;
  try {
    return makeBlueprint(parseSettings(ownConfig(file?.config ?? {}), stack));
  } catch (fault) {
    if (fault instanceof SettingsFault) throw new SetupFault(fault.message);
    throw fault;
  }
}
