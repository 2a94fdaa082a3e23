import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Share of this machine's CPU that must be idle with the platform and its clients at rest. With less, a trial measures the machine. */
export const leastIdleShare = 0.05;

/** Share of this machine's CPU that was idle over so long, 0 to 1. */
export async function idleShare(milliseconds: number): Promise<number> {
  const before = times();
  await sleep(milliseconds);
  const after = times();
  return (after.idle - before.idle) / (after.all - before.all);
}

function times(): { idle: number; all: number } {
  const each = cpus().map((cpu) => cpu.times);
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  return { idle: sum(each.map(({ idle }) => idle)), all: sum(each.flatMap((one) => Object.values(one))) };
}
