import { parse } from "yaml";
import { makePlan, type Plan } from "../../blueprint";
import type { Blueprint, SelfHostedBlueprint } from "../../blueprint/types";
import { ownConfig, parseSettings, SettingsFault } from "../../config/settings";
import { SetupFault } from "../setup/fault";

/**
 * What a stack file asks for in its first region, or with `site` `standby` in its second, computed without an engine. Throws a
 * `SetupFault` that lists every fault of the file, or says that there is no such region.
 */
export function blueprintOf(stack: string, stackFile: string, site = "primary"): Blueprint {
  const { primary, standby } = planOf(stack, stackFile);
  const found = [primary, standby].find((one) => one?.site === site);
  if (found === undefined || found === null)
    throw new SetupFault(`SITE=${site}: stack ${stack} has ${standby === null ? "primary only" : "primary and standby"}`);
  return found;
}

/** The same with every region of the stack. */
export function planOf(stack: string, stackFile: string): Plan {
  const file = parse(stackFile) as { config?: Record<string, unknown> } | null;
  try {
    return makePlan(parseSettings(ownConfig(file?.config ?? {}), stack));
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
