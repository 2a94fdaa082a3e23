import { layout } from "../../config/layout";
import type { Settings } from "../../config/settings";
import { rootGib } from "../hosts";
import type { Group, Process } from "../types";

/** The guide's. */
const cpuPercent = 70;
/** Jobs waiting and under way for each worker host: about what one has done in a minute. */
const backlogPerMachine = 100;

/** API and worker hosts as groups over all zones. */
export function makeGroups(settings: Settings, processes: readonly Process[]): Group[] {
  return (["api", "worker"] as const).map((role) => {
    const own = processes.filter((process) => process.role === role);
    const [minimum, maximum] = [settings[`${role}Hosts`], settings[`${role}MaxHosts`]];
    return {
      name: role,
      role,
      tier: layout[role].tier,
      instanceType: settings[`${role}InstanceType`],
      rootGib: rootGib[role],
      volumes: [],
      processes: own.map(({ name }) => name),
      minimum,
      maximum,
      scaling: maximum > minimum ? { cpuPercent, backlogPerMachine: role === "worker" ? backlogPerMachine : null } : null,
      drainSeconds: Math.max(...own.map(({ stopSeconds }) => stopSeconds)),
    };
  });
}
