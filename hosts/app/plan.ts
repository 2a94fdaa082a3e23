import type { Blueprint, Machine, Process } from "../../blueprint/types";
import { rootFile, unit } from "../files";
import { healthPlan } from "../health/units";
import { environmentLine, lines } from "../lines";
import type { BootSecret, HostArtifact, HostFile, HostPlan } from "../types";
import { handedOverPlan, isFenced } from "./fence";
import { groupPlan } from "./group";
import { migrateFiles } from "./migrate";
import { databaseAuthorityPath, environmentPath, nodeDirectory, releaseDirectory, secretEnvironmentPath } from "./paths";
import { askedProcesses, processService } from "./processes";
import { programFiles, programPath, programsArchive } from "./programs";
import { proxyPlan } from "./proxyFiles";
import { workerFiles, workerUnits } from "./workers";

/** An API host above the base: the data proxy, payment-service, upload-api, and on one host the dashboard. */
export function apiPlan(blueprint: Blueprint, machine: Machine): HostPlan {
  return application(blueprint, machine, processesOf(blueprint, machine), { packages: [], files: [], units: [] });
}

/** A worker host above the base: the data proxy, upload-workers, and payment-workers when the lease is this host's. */
export function workerPlan(blueprint: Blueprint, machine: Machine): HostPlan {
  const processes = processesOf(blueprint, machine);
  const workers = processes.find((process) => process.name === "upload-workers");
  if (workers === undefined) throw new Error(`${machine.name}: a worker host without upload-workers`);
  const handedOver = handedOverPlan(blueprint, processes);
  return application(blueprint, machine, processes, {
    packages: ["redis-tools", ...(isFenced(blueprint) ? ["curl"] : [])],
    files: [...workerFiles(blueprint, machine, workers), ...handedOver.files],
    units: [...workerUnits, ...handedOver.units],
  });
}

function processesOf(blueprint: Blueprint, machine: Machine): [Process, ...Process[]] {
  const [first, ...rest] = blueprint.processes.filter((process) => machine.processes.includes(process.name));
  if (first === undefined) throw new Error(`${machine.name} (${machine.role}) runs no process, needed at least one`);
  return [first, ...rest];
}

function application(
  blueprint: Blueprint,
  machine: Machine,
  processes: [Process, ...Process[]],
  more: Pick<HostPlan, "packages" | "files" | "units">,
): HostPlan {
  const proxy = proxyPlan(blueprint, machine);
  const health = healthPlan(askedProcesses(processes), programPath(blueprint, "health"));
  const group = groupPlan(blueprint, machine);
  return {
    packages: [...proxy.packages, "python3-psycopg2", "xz-utils", ...more.packages],
    files: [
      rootFile("/etc/sysusers.d/bundler.conf", 'u bundler - "AR.IO Bundler" /var/lib/bundler\n'),
      ...proxy.files,
      ...migrateFiles(blueprint, processes[0]),
      ...processes.flatMap((process): HostFile[] => [
        rootFile(environmentPath(process.name), environmentFile(process)),
        unit(`${process.name}.service`, processService(blueprint, process)),
      ]),
      ...programFiles(blueprint, "health"),
      ...health.files,
      ...more.files,
      ...group.files,
    ],
    secrets: [...proxy.secrets, ...processes.flatMap(processSecrets), ...secretFiles(processes)],
    artifacts: artifacts(blueprint),
    units: [
      ...proxy.units,
      "bundler-migrate.service",
      ...processes.filter((process) => process.placement !== "singleton").map((process) => `${process.name}.service`),
      ...health.units,
      ...more.units,
      ...group.units,
    ],
    maskedUnits: proxy.maskedUnits,
  };
}

function environmentFile(process: Process): string {
  return lines(Object.entries(process.environment).map(([name, value]) => environmentLine(name, value)));
}

function processSecrets(process: Process): BootSecret[] {
  // systemd reads it as root before it becomes the process's user.
  return [{ path: secretEnvironmentPath(process.name), mode: "0600", owner: "root:root", environment: process.secretEnvironment }];
}

function secretFiles(processes: readonly Process[]): BootSecret[] {
  const files = new Map(processes.flatMap((process) => process.secretFiles).map((file) => [file.path, file]));
  return [...files.values()].map(({ path, from }) => ({ path, mode: "0400", owner: "bundler:bundler", parts: [from] }));
}

function artifacts(blueprint: Blueprint): HostArtifact[] {
  const { node, release } = blueprint.artifacts;
  return [
    { name: "node", ...node, destination: nodeDirectory, unpack: "tar", mode: "0755" },
    { name: "release", ...release, destination: releaseDirectory, unpack: "tar", mode: "0755" },
    ...(blueprint.hosting === "managed"
      ? [
          programsArchive(blueprint).artifact,
          { name: "database-authorities", ...blueprint.database.authority, destination: databaseAuthorityPath, unpack: "none" as const, mode: "0644" },
        ]
      : []),
  ];
}
