import { randomUUID } from "node:crypto";
import type { Blueprint } from "../../blueprint/types";
import type { HostLab } from "../hosts/lab";
import { Load } from "../load/load";
import { ratesFor, type Rates } from "../load/plan";
import { idleShare, leastIdleShare, untilIdle } from "./machine";

/** Clients at work on a platform that has room for them. */
export interface Attended {
  load: Load;
  rates: Rates;
  /** Share of this machine's CPU that is idle with them, 0 to 1. */
  idle: number;
}

/**
 * Does something while clients are served, as many as this machine has room for; they are gone when it has ended or failed.
 * Begins when `ready` has seen them served and so much of the CPU is idle: on a machine without rest, its trouble would be called the
 * platform's. Throws when that does not come.
 */
export async function attended<T>(
  lab: HostLab<Blueprint>,
  name: string,
  ready: (load: Load) => Promise<void>,
  action: (clients: Attended) => Promise<T>,
  leastIdle = leastIdleShare,
): Promise<T> {
  const rates = ratesFor(await idleShare());
  const load = Load.start(lab, `${name}-${randomUUID().slice(0, 8)}`, rates);
  try {
    await ready(load);
    return await action({ load, rates, idle: await untilIdle(leastIdle) });
  } finally {
    // What threw leaves clients behind.
    await load.stop().catch(() => undefined);
  }
}
