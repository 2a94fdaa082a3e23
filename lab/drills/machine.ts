import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** What it takes to see how busy this machine is. */
const lookMilliseconds = 4000;
/** Longest that clients' first requests and the processes' warming up take the whole machine. */
const restMilliseconds = 60_000;

/** Share of this machine's CPU that must be idle with the platform and its clients at rest. With less, a trial measures the machine. */
export const leastIdleShare = 0.05;

/** Nothing can be measured yet, and nothing was broken: the machine is too busy, or clients are not served. */
export class Unmeasurable extends Error {}

/** Share of this machine's CPU that was idle over so long, 0 to 1. */
export async function idleShare(milliseconds = lookMilliseconds): Promise<number> {
  const before = times();
  await sleep(milliseconds);
  const after = times();
  return (after.idle - before.idle) / (after.all - before.all);
}

/** Waits until so much of this machine's CPU is idle, and gives how much it is. Throws when it does not become so. */
export async function untilIdle(least: number, milliseconds = restMilliseconds): Promise<number> {
  const latest = Date.now() + milliseconds;
  for (;;) {
    const idle = await idleShare();
    if (idle >= least) return idle;
    if (Date.now() > latest) {
      throw new Unmeasurable(
        `this machine is too busy to measure on: ${percent(idle)} of its CPU idle before anything fails, needed ${percent(least)}; end what else runs here`,
      );
    }
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function times(): { idle: number; all: number } {
  const each = cpus().map((cpu) => cpu.times);
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  return { idle: sum(each.map(({ idle }) => idle)), all: sum(each.flatMap((one) => Object.values(one))) };
}
