import type { ManagedBlueprint } from "../../blueprint/types";
import type { Container } from "../hosts/container";
import { endpointFaults } from "../hosts/health";
import { serverStates, unitStates } from "../hosts/inspect";
import type { HostLab } from "../hosts/lab";
import { pairs, Service } from "./services";

/** Everything that keeps a platform of managed services from being whole, each in a few words. */
export async function managedFaults(lab: HostLab<ManagedBlueprint>): Promise<string[]> {
  const off = [...lab.services(), ...lab.hosts()].filter((host) => host.init() === undefined);
  if (off.length > 0) return off.map(({ host }) => `${host.name}: off`);
  const parts = await Promise.all([
    ...pairs.map((name) => new Service(lab, name).faults()),
    ...lab.hosts().map((host) => machineFaults(lab, host)),
    singletonFaults(lab),
    endpointFaults(lab),
  ]);
  return parts.flat();
}

/** What every machine runs beside its processes. */
const platformUnits = ["haproxy.service", "pgbouncer.service", "bundler-endpoints.service", "bundler-cut.service", "bundler-drain.service"];

async function machineFaults(lab: HostLab<ManagedBlueprint>, machine: Container): Promise<string[]> {
  const { name, role } = machine.host;
  const processes = lab.blueprint.processes.filter((process) => process.placement !== "singleton" && runs(lab, role, process.name));
  const units = [...platformUnits, ...processes.map((process) => `${process.name}.service`)];
  const [servers, states] = await Promise.all([serverStates(machine), unitStates(machine, units)]);
  if (servers === undefined) return [`${name}: its data proxy does not answer`];
  const backends = [...new Set(servers.map(({ backend }) => backend))];
  return [
    // One server each: the writer, the primary, or a balancer of which there are fewer than zones.
    ...backends.filter((backend) => !servers.some((one) => one.backend === backend && one.up)).map((backend) => `${name}: ${backend} has none`),
    ...units.filter((unit) => states[unit] !== "active").map((unit) => `${name}: ${unit} is ${states[unit] ?? "unknown"}`),
  ];
}

async function singletonFaults(lab: HostLab<ManagedBlueprint>): Promise<string[]> {
  const singletons = lab.blueprint.processes.filter((process) => process.placement === "singleton").map((process) => `${process.name}.service`);
  const states = await Promise.all(lab.hostsOf("worker").map((host) => unitStates(host, singletons)));
  return singletons.flatMap((unit) => {
    const running = states.filter((one) => one[unit] === "active").length;
    return running === 1 ? [] : [`${unit}: ${String(running)} run`];
  });
}

function runs(lab: HostLab<ManagedBlueprint>, role: string, process: string): boolean {
  return lab.blueprint.groups.some((group) => group.role === role && group.processes.some((one) => one === process));
}
