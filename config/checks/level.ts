import { shown, type Fault } from "../fault";
import type { Settings } from "../keys";
import type { Check } from "./check";

function onlyBuilt(key: "level" | "hosting" | "compute", needed: string): Check {
  return {
    reads: [key],
    find(settings: Settings): Fault[] {
      if (String(settings[key]) === needed) return [];
      return [{ key, given: shown(settings[key]), needed, fix: "the rest is not built yet in this version" }];
    },
  };
}

/** What this version builds. */
export const levelChecks: readonly Check[] = [onlyBuilt("level", "1"), onlyBuilt("hosting", "selfHosted"), onlyBuilt("compute", "ec2")];
