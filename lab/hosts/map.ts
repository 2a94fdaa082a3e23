import Table from "cli-table3";
import { faultsOf, ownerOf } from "./health";
import { databaseState, edgeMasters, queueDepths, redisState, unitStates } from "./inspect";
import type { HostLab } from "./lab";

/** The platform as a person wants to see it: every host and what it is now, who has the address, and what waits in the queues. */
export async function platformMap(lab: HostLab): Promise<string> {
  const roles = await rolesNow(lab);
  const rows = lab
    .hosts()
    .map((host) => [host.host.name, host.host.zone, host.host.address, host.init() === undefined ? "off" : (roles.get(host.host.name) ?? []).join(", ")]);
  const faults = await faultsOf(lab);
  return [
    table(["host", "zone", "address", "is now"], rows),
    `https://${lab.blueprint.domain} → ${lab.publicAddress} → ${ownerOf(lab) ?? "nobody"}`,
    `queues: ${await queuesText(lab)}`,
    faults.length === 0 ? "whole: nothing is missing" : `not whole:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    "",
  ].join("\n");
}

/** What each host is at this moment, beyond its role. */
async function rolesNow(lab: HostLab): Promise<Map<string, string[]>> {
  const roles = new Map<string, string[]>();
  const add = (name: string | undefined, role: string): void => {
    if (name !== undefined) roles.set(name, [...(roles.get(name) ?? []), role]);
  };
  const database = await databaseState(lab);
  add(database?.leader, "primary");
  for (const name of database?.synchronous ?? []) add(name, "synchronous standby");
  for (const name of database?.streaming ?? []) if (database?.synchronous.includes(name) !== true) add(name, "standby");
  for (const { name, masterName } of lab.blueprint.redis.instances) add((await redisState(lab, masterName)).master, `master of ${name}`);
  for (const name of edgeMasters(lab)) add(name, "keepalived's master");
  for (const process of lab.blueprint.processes) {
    const unit = `${process.name}.service`;
    for (const host of [...lab.hostsOf("api"), ...lab.hostsOf("worker")].filter((one) => one.init() !== undefined)) {
      if ((await unitStates(host, [unit]))[unit] === "active") add(host.host.name, process.name);
    }
  }
  return roles;
}

async function queuesText(lab: HostLab): Promise<string> {
  const worker = lab.hostsOf("worker").find((host) => host.init() !== undefined);
  if (worker === undefined) return "no worker host is on";
  const depths = Object.entries(await queueDepths(worker)).flatMap(([queue, states]) =>
    Object.entries(states)
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${queue} ${state} ${String(count)}`),
  );
  return depths.length === 0 ? "empty" : depths.join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}
