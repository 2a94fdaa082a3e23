import { shown, type Fault } from "../fault";
import type { Settings } from "../keys";
import type { Check } from "./check";

function onlyBuilt(key: "compute", ...built: string[]): Check {
  return {
    reads: [key],
    find(settings: Settings): Fault[] {
      if (built.includes(settings[key])) return [];
      return [{ key, given: shown(settings[key]), needed: built.join(" or "), fix: "the rest is not built yet in this version" }];
    },
  };
}

/** What this version builds. */
export const levelChecks: readonly Check[] = [onlyBuilt("compute", "ec2")];
