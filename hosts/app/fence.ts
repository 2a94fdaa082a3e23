import type { Blueprint, Process } from "../../blueprint/types";
import { unit } from "../files";
import { unitFile } from "../systemd";
import type { HostFile } from "../types";

/** Whether there is something to fence workers from: managed services, whose writer may be elsewhere, or a second region. */
export function isFenced(blueprint: Blueprint): boolean {
  return blueprint.hosting === "managed" || blueprint.pair !== null;
}

const asks = "/usr/bin/curl --silent --fail --max-time 2";

function writerUrl({ proxy }: Blueprint): string {
  return `http://127.0.0.1:${String(proxy.writerPort)}/`;
}

/**
 * Workers do not start where the database takes no writes: a region that waits for its turn, or one that has lost it, must not
 * post what the other posts (audit A75). It is asked again every second.
 */
export function fence(blueprint: Blueprint, { role }: Process): Record<string, string> {
  return isFenced(blueprint) && role === "worker" ? { ExecStartPre: `${asks} ${writerUrl(blueprint)}` } : {};
}

/** How often a worker host of two regions looks whether its region still takes writes. */
const lookSeconds = 15;

/** Stops the workers of a region of own hosts that has handed over: they are started anew, and wait at the fence. */
export function handedOverPlan(blueprint: Blueprint, processes: readonly Process[]): { files: HostFile[]; units: string[] } {
  if (blueprint.hosting === "managed" || blueprint.pair === null) return { files: [], units: [] };
  const pauseSeconds = 3;
  const retries = Math.ceil(blueprint.pair.workersSeconds / pauseSeconds);
  const names = processes.filter(({ role }) => role === "worker").map(({ name }) => `${name}.service`);
  const look = `${asks} --retry ${String(retries)} --retry-delay ${String(pauseSeconds)} --retry-all-errors ${writerUrl(blueprint)}`;
  return {
    files: [
      unit(
        "bundler-handed-over.service",
        unitFile({
          Unit: { Description: "Stops this region's workers when it has had no writer for a minute", After: "haproxy.service" },
          Service: { Type: "oneshot", ExecStart: `/bin/sh -c "${look} || exec systemctl try-restart --no-block ${names.join(" ")}"`, TimeoutStartSec: "300s" },
        }),
      ),
      unit(
        "bundler-handed-over.timer",
        unitFile({
          Unit: { Description: "Looks whether this region still takes writes" },
          Timer: { OnActiveSec: "60s", OnUnitInactiveSec: `${String(lookSeconds)}s`, AccuracySec: "1s" },
          Install: { WantedBy: "timers.target" },
        }),
      ),
    ],
    units: ["bundler-handed-over.timer"],
  };
}
