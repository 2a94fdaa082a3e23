import type { Blueprint, Process, ProcessName } from "../blueprint/types";

/** One of the application's processes. Throws when the blueprint has none of this name. */
export function processNamed(blueprint: Blueprint, name: ProcessName): Process {
  const process = blueprint.processes.find((one) => one.name === name);
  if (process === undefined) throw new Error(`the blueprint of stack ${blueprint.stack} has no process ${name}: needed to render its hosts`);
  return process;
}

/** HTTP port of a process. Throws when it has none. */
export function portOf(blueprint: Blueprint, name: ProcessName): number {
  const { port } = processNamed(blueprint, name);
  if (port === null) throw new Error(`process ${name} has no HTTP port: needed by the proxies in front of it`);
  return port;
}
