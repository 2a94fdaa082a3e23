import type { Container } from "../../hosts/container";
import { redisState } from "../../hosts/inspect";
import type { Trial } from "../trial";

/** The blueprint's name of the Redis that holds `cache` or `queues`. */
export function masterName(trial: Trial, name: "cache" | "queues"): string {
  const instance = trial.lab.blueprint.redis.instances.find((one) => one.name === name);
  if (instance === undefined) throw new Error(`the platform has no Redis for ${name}`);
  return instance.masterName;
}

/** The host of a master now. */
export async function masterOf(trial: Trial, name: "cache" | "queues"): Promise<Container> {
  const { master } = await redisState(trial.lab, masterName(trial, name));
  if (master === undefined) throw new Error(`${name} has no master`);
  return trial.lab.host(master);
}

/** Marks when the Sentinels name another master. */
export function watchMaster(trial: Trial, name: "cache" | "queues", old: Container): void {
  trial.watch(`another host is master of ${name}`, async () => {
    const { master } = await redisState(trial.lab, masterName(trial, name));
    return master !== undefined && master !== old.host.name;
  });
}
