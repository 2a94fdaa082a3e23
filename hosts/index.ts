import { gzipSync } from "fflate";
import type { Blueprint, Host } from "../blueprint/types";
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

const rolePlans: Record<Host["role"], (blueprint: Blueprint, host: Host) => HostPlan> = {
  edge: edgePlan,
  api: apiPlan,
  worker: workerPlan,
  database: databasePlan,
  redis: redisPlan,
  objects: objectsPlan,
};

/** Everything on one host. */
export function planHost(blueprint: Blueprint, host: Host): HostPlan {
  const role = rolePlans[host.role](blueprint, host);
  const base = basePlan(blueprint, host, role);
  return {
    packages: [...new Set([...base.packages, ...role.packages])].sort(),
    files: [...base.files, ...role.files],
    secrets: role.secrets,
    artifacts: role.artifacts ?? [],
    units: [...base.units, ...role.units],
    maskedUnits: [...base.maskedUnits, ...role.maskedUnits],
  };
}

/** A host's user data: base64 of the compressed cloud-config, the same bytes on every machine. Throws when EC2 would refuse its size. */
export function userData(blueprint: Blueprint, host: Host): string {
  return encode(host, planHost(blueprint, host));
}

/** Files and user data of every host, by name. Throws one error that lists every host whose user data is too large. */
export function renderHosts(blueprint: Blueprint): Map<string, { plan: HostPlan; userData: string }> {
  const faults: string[] = [];
  const rendered = new Map<string, { plan: HostPlan; userData: string }>();
  for (const host of blueprint.hosts) {
    const plan = planHost(blueprint, host);
    try {
      rendered.set(host.name, { plan, userData: encode(host, plan) });
    } catch (fault) {
      faults.push((fault as Error).message);
    }
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return rendered;
}

/** A host's cloud-config as text, which its user data is the compressed form of. */
export function cloudConfigText(host: Host, plan: HostPlan): string {
  return `#cloud-config\n${yaml(cloudConfig(host.name, plan))}`;
}

function encode(host: Host, plan: HostPlan): string {
  const bytes = gzipSync(new TextEncoder().encode(cloudConfigText(host, plan)), { level: 9, mtime: 0 });
  if (bytes.length > userDataLimitBytes) {
    throw new Error(
      `user data of ${host.name}: given ${bytes.length.toLocaleString("en-US")} bytes compressed, needed at most 16,384 (EC2's limit); ` +
        "shorten appEnvironment, or put its values into the secret application-external",
    );
  }
  return Buffer.from(bytes).toString("base64");
}
