import { settingsFile, unit } from "../files";
import { programText } from "../program";
import { confined, unitFile } from "../systemd";
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

const settingsPath = "/etc/bundler/health.json";
/** From one look to the next. */
const lookSeconds = 5;

/**
 * The unit that asks every few seconds whether each of these answers, and kills what has not for about half a minute. It stays: a
 * program that started for every look took a twentieth of a small machine. `path` is the program's, which may come later than the unit.
 */
export function healthPlan(asked: readonly Asked[], path: string): { files: HostFile[]; units: string[] } {
  const watched = asked.map(({ name, url, authority }) => ({ unit: `${name}.service`, url, authority: authority ?? null }));
  return {
    files: [
      settingsFile(settingsPath, { lookSeconds, watched }),
      unit(
        "bundler-health.service",
        unitFile({
          Unit: {
            Description: "Kills what is there and does not answer",
            After: ["bundler-artifacts.service", ...watched.map((one) => one.unit)].join(" "),
            StartLimitIntervalSec: "0",
          },
          Service: {
            ExecStart: `/usr/bin/python3 -B ${path} ${settingsPath}`,
            Restart: "always",
            RestartSec: `${String(lookSeconds)}s`,
            ...confined,
          },
          Install: { WantedBy: "multi-user.target" },
        }),
      ),
    ],
    units: ["bundler-health.service"],
  };
}
