import Table from "cli-table3";
import type { StackExports } from "../exports/contract";
import type { Changes } from "./engine/history";
import { shortPromise } from "./promiseText";

/** The update that a summary ends. */
export interface Update {
  changes: Changes;
  seconds: number;
}

const verbs: Readonly<Record<string, string>> = { create: "created", update: "updated", replace: "replaced", delete: "deleted", same: "unchanged" };

/** What a person wants to know when a stack is up: where it is, its hosts, what the application connects to, and what to do next. */
export function summary(stack: string, exported: StackExports, update: Update): string {
  const { endpoint, hosts, groups, services, secrets } = exported;
  const toFill = Object.entries(secrets).filter(([, secret]) => secret.filledBy === "operator");
  const sections = [
    outcome(stack, update),
    table(
      ["public endpoint", ""],
      [
        ["url", endpoint.url],
        ...(endpoint.canonicalName === null ? [["addresses", endpoint.publicAddresses.join(", ")]] : [["canonical name", endpoint.canonicalName]]),
      ],
    ),
    ...(hosts.length === 0
      ? []
      : [
          table(
            ["host", "role", "zone", "address", "runs"],
            hosts.map((host) => [host.name, host.role, host.zone, host.address, host.processes.join(", ")]),
          ),
        ]),
    ...(groups.length === 0
      ? []
      : [
          table(
            ["group", "role", "zones", "machines", "runs on each"],
            groups.map((group) => [
              group.name,
              group.role,
              group.zones.join(", "),
              `${String(group.minimum)} to ${String(group.maximum)}`,
              group.processes.join(", "),
            ]),
          ),
        ]),
    table(["the application connects to", "on every application host"], Object.entries(services.application)),
    shortPromise(stack, exported.promise),
    nextSteps(
      stack,
      hosts[0]?.name ?? groups[0]?.name ?? "edge-1",
      toFill.map(([name]) => name),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** One sentence: what the update did, to how many resources, in what time. */
export function outcome(stack: string, { changes, seconds }: Update): string {
  const total = Object.entries(changes).reduce((sum, [what, count]) => sum + (what === "delete" ? 0 : count), 0);
  const changed = Object.entries(changes).filter(([what, count]) => what !== "same" && count > 0);
  const time = `${seconds.toFixed(1)} s`;
  if (changed.length === 0) return `Stack ${stack}: nothing changed; all ${String(total)} resources are as Pulumi.${stack}.yaml says (${time}).`;
  const done = Object.entries(changes)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${String(count)} ${verbs[what] ?? what}`);
  return `Stack ${stack} is up on the embedded cloud: ${String(total)} resources (${done.join(", ")}) in ${time}.`;
}

function nextSteps(stack: string, host: string, toFill: readonly string[]): string {
  const choice = stack === "level1" ? "" : ` STACK=${stack}`;
  const steps = [
    [`make files HOST=${host}${choice}`, "every file of a host, as the host holds it"],
    [`lab/pulumi stack output -s ${stack} --json`, "all exports: how to run each process (docs/exports.md)"],
    [`make down${choice}`, "destroys the stack"],
  ] as const;
  const width = Math.max(...steps.map(([command]) => command.length));
  return [
    "Next steps",
    ...steps.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`),
    `  On AWS: put your own values into Pulumi.${stack}.yaml, then pulumi up (README.md).`,
    ...(toFill.length === 0 ? [] : [`  There, hosts wait for the secrets that only you have: ${toFill.join(", ")} (docs/operations.md).`]),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}
