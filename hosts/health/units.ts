import { unit } from "../files";
import { programText } from "../program";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";

/** The program, wherever a host has it. */
export const healthProgram = { name: "bundler_health.py", content: programText(__dirname, "bundler_health.py") };

/** What is asked whether it lives. */
export interface Asked {
  /** The unit's name without its suffix. */
  name: string;
  url: string;
  /** Authority of an `https://` address. */
  authority?: string;
}

/** Units that ask every few seconds whether something answers, and kill it when it has not for about half a minute. `path` is the program's. */
export function healthPlan(asked: readonly Asked[], path: string): { files: HostFile[]; units: string[] } {
  return {
    files: asked.flatMap(({ name, url, authority }) => [
      unit(
        `bundler-health-${name}.service`,
        unitFile({
          Unit: { Description: `Kills a hung ${name}`, After: `${name}.service`, ConditionPathExists: path },
          Service: {
            Type: "oneshot",
            ExecStart: ["/usr/bin/python3", path, `${name}.service`, url, ...(authority === undefined ? [] : [authority])].join(" "),
          },
        }),
      ),
      unit(
        `bundler-health-${name}.timer`,
        unitFile({
          Unit: { Description: `Looks whether ${name} answers` },
          Timer: { OnActiveSec: "10s", OnUnitInactiveSec: "5s", AccuracySec: "1s" },
          Install: { WantedBy: "timers.target" },
        }),
      ),
    ]),
    units: asked.map(({ name }) => `bundler-health-${name}.timer`),
  };
}
