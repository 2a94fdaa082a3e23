import { gzipSync } from "fflate";
import { storeHosts } from "../blueprint/beside";
import type { Blueprint, Host, HostRole, Machine, SelfHostedBlueprint } from "../blueprint/types";
import { apiPlan, workerPlan } from "./app/plan";
import { basePlan } from "./base/plan";
import { cloudConfig } from "./cloudConfig";
import { databasePlan } from "./database/plan";
import { edgePlan } from "./edge/plan";
import { objectsPlan } from "./objects/plan";
import { redisPlan } from "./redis/plan";
import type { HostPlan } from "./types";
import { yaml } from "./yaml";

/** Bytes of user data that EC2 takes, before base64. */
export const userDataLimitBytes = 16_384;

const ownHostPlans: Record<Exclude<HostRole, "api" | "worker">, (blueprint: SelfHostedBlueprint, host: Host) => HostPlan> = {
  edge: edgePlan,
  database: databasePlan,
  redis: redisPlan,
  objects: objectsPlan,
};

function rolePlan(blueprint: Blueprint, machine: Machine): HostPlan {
  if (machine.role === "api") return apiPlan(blueprint, machine);
  if (machine.role === "worker") return workerPlan(blueprint, machine);
  const host = blueprint.hosts.find(({ name }) => name === machine.name);
  if (blueprint.hosting !== "selfHosted" || host === undefined) throw new Error(`${machine.name} (${machine.role}): given no host of its own, needed one`);
  return ownHostPlans[machine.role](blueprint, host);
}

/** Everything on one host, or on any machine of a group. */
export function planHost(blueprint: Blueprint, machine: Machine): HostPlan {
  const role = rolePlan(blueprint, machine);
  const base = basePlan(blueprint, machine, role);
  return {
    packages: [...new Set([...base.packages, ...role.packages])].sort(),
    files: [...base.files, ...role.files],
    secrets: role.secrets,
    artifacts: role.artifacts ?? [],
    units: [...base.units, ...role.units],
    maskedUnits: [...base.maskedUnits, ...role.maskedUnits],
  };
}

/** User data: base64 of the compressed cloud-config, the same bytes on every machine. Throws when EC2 would refuse its size. */
export function userData(blueprint: Blueprint, machine: Machine): string {
  return encode(blueprint, machine, planHost(blueprint, machine));
}

/** After the first; hosts of a role differ by a few bytes. */
const mostFaultsSaid = 8;

/** Every machine, with the blueprint that says what is on it: hosts whose stores stand beside those in use have their own hosting's. */
export function machinesOf(blueprint: Blueprint): [Blueprint, Machine][] {
  const { hosts, groups, beside } = blueprint;
  return [
    ...[...hosts, ...groups].map((machine): [Blueprint, Machine] => [blueprint, machine]),
    ...(beside === null ? [] : storeHosts(beside).map((machine): [Blueprint, Machine] => [beside, machine])),
  ];
}

/** Files and user data of every host and of every group, by name. Throws one error that lists every one whose user data is too large. */
export function renderHosts(blueprint: Blueprint): Map<string, { plan: HostPlan; userData: string }> {
  const faults: string[] = [];
  const rendered = new Map<string, { plan: HostPlan; userData: string }>();
  for (const [hosting, machine] of machinesOf(blueprint)) {
    const plan = planHost(hosting, machine);
    try {
      rendered.set(machine.name, { plan, userData: encode(hosting, machine, plan) });
    } catch (fault) {
      faults.push((fault as Error).message);
    }
  }
  const [first, ...rest] = faults;
  if (first !== undefined)
    throw new Error(
      rest.length > mostFaultsSaid
        ? `${[first, ...rest.slice(0, mostFaultsSaid)].join("\n")}\nand ${String(rest.length - mostFaultsSaid)} more like these`
        : faults.join("\n"),
    );
  return rendered;
}

/** The cloud-config as text, which user data is the compressed form of. A machine of a group keeps the name that EC2 gave it. */
export function cloudConfigText(blueprint: Blueprint, machine: Machine, plan: HostPlan): string {
  const named = blueprint.hosts.some(({ name }) => name === machine.name);
  return `#cloud-config\n${yaml(cloudConfig(named ? machine.name : null, plan))}`;
}

function encode(blueprint: Blueprint, machine: Machine, plan: HostPlan): string {
  const bytes = gzipSync(new TextEncoder().encode(cloudConfigText(blueprint, machine, plan)), { level: 9, mtime: 0 });
  if (bytes.length > userDataLimitBytes) {
    throw new Error(
      `user data of ${machine.name}: given ${bytes.length.toLocaleString("en-US")} bytes compressed, needed at most 16,384 (EC2's limit); ` +
        "shorten appEnvironment, or put its values into the secret application-external",
    );
  }
  return Buffer.from(bytes).toString("base64");
}
