import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { groupNames, processesIn, removeGroup, removeGroups } from "./cgroups";
import { must, run } from "./commands";
import type { Layout } from "./layout";
import { coreBatches, namespaces, prefix, zoneBatches } from "./network/links";
import { loadRuleset, runBatch, setParameters } from "./network/load";
import { endpointRuleset } from "./network/rules";
import type { LabPlatform } from "./platform";

// A router that sends no advice, as AWS's: a host must not learn a shorter way past it.
const router = {
  "net.ipv4.ip_forward": "1",
  "net.ipv4.conf.all.send_redirects": "0",
  "net.ipv4.conf.default.send_redirects": "0",
  "net.ipv4.conf.all.rp_filter": "0",
};

/** Makes the region's core, and the place of clients outside. */
export async function makeCore(): Promise<void> {
  for (const namespace of [namespaces.core, namespaces.client]) await must("ip", ["netns", "add", namespace]);
  await setParameters(namespaces.core, router);
  for (const batch of coreBatches()) await runBatch(batch);
}

/** Makes the region's zones: their namespaces, links, routes and the endpoints' rules. */
export async function makeZones(platform: LabPlatform): Promise<void> {
  const zones = platform.zones.map((zone) => namespaces.zone(zone.letter));
  for (const namespace of zones) await must("ip", ["netns", "add", namespace]);
  for (const namespace of zones) await setParameters(namespace, router);
  for (const batch of zoneBatches(platform)) await runBatch(batch);
  for (const zone of platform.zones) await setParameters(namespaces.zone(zone.letter), { "net.ipv4.conf.hosts.send_redirects": "0" });
  for (const zone of platform.zones) await loadRuleset(namespaces.zone(zone.letter), endpointRuleset(platform, platform.endpoints, zone.name));
}

/**
 * Makes the place of the hosts' root disks, in memory. On this machine's disk they would share one journal with the data volumes:
 * a host that unpacks a release would make every commit of every database wait for it, as no two hosts on EC2 do.
 */
export async function makeRootDisks(layout: Layout): Promise<void> {
  mkdirSync(layout.hosts, { recursive: true });
  await must("mount", ["-t", "tmpfs", "-o", "mode=755", "bundler-lab", layout.hosts]);
}

const endMilliseconds = 20_000;

/**
 * Ends everything that a lab left on this machine, found by name and not by memory, so also what a crashed one left:
 * processes, mounts, loop devices, namespaces, control groups, and at last the files.
 */
export async function removeRegion(layout: Layout): Promise<void> {
  await endProcesses();
  for (const mount of mountsBelow(layout.directory).reverse()) await must("umount", ["--lazy", mount]);
  for (const device of await devicesBelow(layout.directory)) await must("losetup", ["--detach", device]);
  for (const namespace of await namespacesOfLab()) await must("ip", ["netns", "del", namespace]);
  for (const group of groupNames()) removeGroup(group);
  removeGroups();
  rmSync(layout.directory, { recursive: true, force: true });
}

/** What a lab has on this machine now, one line a thing; empty after `removeRegion`. */
export async function leftovers(layout: Layout): Promise<string[]> {
  return [
    ...groupNames().flatMap((group) => processesIn(group).map((pid) => `process ${String(pid)} of ${group}`)),
    ...mountsBelow(layout.directory).map((mount) => `mount ${mount}`),
    ...(await devicesBelow(layout.directory)).map((device) => `loop device ${device}`),
    ...(await namespacesOfLab()).map((namespace) => `network namespace ${namespace}`),
    ...groupNames().map((group) => `control group ${group}`),
  ];
}

async function endProcesses(): Promise<void> {
  const latest = Date.now() + endMilliseconds;
  for (;;) {
    const left = groupNames().flatMap(processesIn);
    if (left.length === 0) return;
    if (Date.now() > latest) throw new Error(`processes ${left.join(", ")} of the lab do not end`);
    for (const pid of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended meanwhile.
      }
    }
    await sleep(50);
  }
}

function mountsBelow(directory: string): string[] {
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((mount) => mount.startsWith(`${directory}/`));
}

async function devicesBelow(directory: string): Promise<string[]> {
  const { stdout } = await run("losetup", ["--list", "--noheadings", "--output", "NAME,BACK-FILE"]);
  return stdout.split("\n").flatMap((line) => {
    const [device, file] = line.trim().split(/\s+/);
    return device !== undefined && file?.startsWith(`${directory}/`) === true ? [device] : [];
  });
}

async function namespacesOfLab(): Promise<string[]> {
  return Promise.resolve(existsSync("/run/netns") ? readdirSync("/run/netns").filter((name) => name.startsWith(prefix)) : []);
}
