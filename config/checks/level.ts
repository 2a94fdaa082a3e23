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

/** Level 3 on own hosts: a standby cluster of Patroni and MinIO's site replication are not there yet. */
const ownHostsOfLevel3: Check = {
  reads: ["level", "hosting"],
  find({ level, hosting }) {
    if (level < 3 || hosting === "managed") return [];
    return [{ key: "hosting", given: hosting, needed: "managed, at level 3", fix: "the rest is not built yet in this version" }];
  },
};

/** What this version builds. */
export const levelChecks: readonly Check[] = [ownHostsOfLevel3, onlyBuilt("compute", "ec2")];
