import Table from "cli-table3";
import type { ManagedBlueprint } from "../../blueprint/types";
import { queueDepths } from "../hosts/inspect";
import type { HostLab } from "../hosts/lab";
import { managedFaults } from "./health";
import { pairs, Service } from "./services";

/** A platform of managed services as a person wants to see it. */
export async function managedMap(lab: HostLab<ManagedBlueprint>): Promise<string> {
  const writers = new Set(pairs.map((name) => new Service(lab, name).writer.host.name));
  const table = new Table({ head: ["host", "zone", "address", "is now"], style: { head: [], border: [], compact: true } });
  for (const host of [...lab.hosts(), ...lab.services()]) {
    const { name, zone, address } = host.host;
    table.push([name, zone, address, host.init() === undefined ? "off" : writers.has(name) ? "its name points here" : ""]);
  }
  const worker = lab.hostsOf("worker").find((host) => host.init() !== undefined);
  const faults = await managedFaults(lab);
  return [
    table.toString(),
    `https://${lab.blueprint.domain} → ${lab.publicAddress}`,
    `queues: ${worker === undefined ? "no worker host is on" : JSON.stringify(await queueDepths(worker))}`,
    faults.length === 0 ? "whole: nothing is missing" : `not whole:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    "",
  ].join("\n");
}
