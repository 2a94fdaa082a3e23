import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedBlueprint } from "../../blueprint/types";
import type { Container } from "../hosts/container";
import type { HostLab } from "../hosts/lab";
import { namespaces } from "../hosts/network/links";
import { privateZoneServer } from "../hosts/outside/names";
import { runOutside } from "../hosts/outside/start";
import { placesOf } from "../hosts/platform";

/** What has a name in the stack's private zone. */
export type Named = "postgres" | "cache" | "queues" | "payment";

const startMilliseconds = 10_000;

function files(lab: HostLab<ManagedBlueprint>): Record<"hosts" | "process" | "log", string> {
  const at = (name: string): string => join(lab.layout.outside, `private-zone.${name}`);
  return { hosts: at("hosts"), process: at("pid"), log: at("log") };
}

/**
 * Serves the private zone to the resolver, each name with the address of the server that has it. The stack's record and AWS's
 * own are one answer here; the resolver keeps it for its time to live, as the VPC's does.
 */
export async function serveNames(lab: HostLab<ManagedBlueprint>, servers: Readonly<Record<Named, Container>>): Promise<void> {
  const zone = lab.platform.privateZone;
  if (zone === undefined) throw new Error("the stack has no private zone for the names of its services");
  const { hosts, process: pidFile, log } = files(lab);
  rmSync(pidFile, { force: true });
  write(lab, new Map(Object.entries(servers).map(([name, { host }]) => [nameOf(lab, name as Named), host.address])));
  const server = [
    ...["dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--user=root", "--bind-interfaces"],
    ...[`--listen-address=${privateZoneServer.address}`, `--port=${String(privateZoneServer.port)}`, `--pid-file=${pidFile}`],
    ...[`--addn-hosts=${hosts}`, `--local=/${zone.name}/`, `--local-ttl=${String(zone.ttlSeconds)}`],
  ];
  runOutside(["ip", "netns", "exec", namespaces.core, ...server], log);
  const latest = Date.now() + startMilliseconds;
  while (!existsSync(pidFile)) {
    if (Date.now() > latest) throw new Error(`the server of the private zone does not start: ${readFileSync(log, "utf8")}`);
    await sleep(20);
  }
}

/** Gives a name to another server. The resolver answers the former address until its time to live ends. */
export function point(lab: HostLab<ManagedBlueprint>, name: Named, server: Container): void {
  write(lab, read(lab).set(nameOf(lab, name), server.host.address));
  process.kill(Number(readFileSync(files(lab).process, "utf8")), "SIGHUP");
}

/** The server that a name belongs to now. */
export function serverOf(lab: HostLab<ManagedBlueprint>, name: Named): Container {
  const address = read(lab).get(nameOf(lab, name));
  const place = placesOf(lab.platform).find((one) => one.address === address);
  if (place === undefined) throw new Error(`${nameOf(lab, name)}: is at ${address ?? "no address"}, where nothing is`);
  return lab.host(place.name);
}

function nameOf({ blueprint }: HostLab<ManagedBlueprint>, name: Named): string {
  if (name === "postgres") return blueprint.database.writerName;
  if (name === "payment") return blueprint.edge.payment.name;
  const instance = blueprint.redis.instances.find((one) => one.name === name);
  if (instance === undefined) throw new Error(`the blueprint has no Redis for ${name}`);
  return instance.primaryName;
}

/** Name → address, as a hosts file has them. */
function read(lab: HostLab<ManagedBlueprint>): Map<string, string> {
  const lines = readFileSync(files(lab).hosts, "utf8").split("\n");
  return new Map(lines.flatMap((line) => (line === "" ? [] : [line.split(" ").reverse() as [string, string]])));
}

function write(lab: HostLab<ManagedBlueprint>, addresses: ReadonlyMap<string, string>): void {
  const { hosts } = files(lab);
  writeFileSync(`${hosts}.partial`, [...addresses].map(([name, address]) => `${address} ${name}\n`).join(""));
  renameSync(`${hosts}.partial`, hosts);
}
