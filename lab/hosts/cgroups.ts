import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Control groups of the lab: one a host, since two systemds in one would stop each other's services, and one for what is outside
 * the hosts. Groups share this machine's CPU as equals, so that a host that boots or unpacks takes no other host's. All of them
 * together have no more of it than one process in no group: the kernel's own threads are in none, and where they wait, every
 * host's packets and disk writes do (up to 1.5 s, measured with sixteen times as much).
 */
const parent = "bundler-lab";

/** What a group's part of the CPU is by itself, in the file of either kind of hierarchy. */
const equals = { "cpu.shares": 1024, "cpu.weight": 100 } as const;

/** Directories of a group, one in each hierarchy that processes are told apart by. */
function directoriesOf(name: string): string[] {
  return hierarchies().map((mount) => join(mount, parent, name));
}

/** Mount points of the unified hierarchy, and of systemd's own and the CPU's where the machine has an older arrangement beside it. */
function hierarchies(): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [mount, type] = line.split(" - ").map((part) => part.split(" "));
      if (mount === undefined || type === undefined) return [];
      const older = type[0] === "cgroup" ? (type[2] ?? "").split(",") : [];
      const own = type[0] === "cgroup2" || older.includes("name=systemd") || older.includes("cpu");
      return own && mount[4] !== undefined ? [mount[4]] : [];
    });
}

/** Makes a group, and gives the shell command that puts the shell itself into it. */
export function enterGroup(name: string): string {
  return directoriesOf(name)
    .map((directory) => {
      mkdirSync(directory, { recursive: true });
      shareCpu(dirname(directory));
      return `echo $$ >${join(directory, "cgroup.procs")}`;
    })
    .join("; ");
}

/**
 * Puts this process, and what it starts from now on, into the group of whoever looks at the hosts: fifty programs a look would have
 * as much of the CPU as all hosts together, and have one host's part. The group ends with the lab, and so does who is in it.
 */
export function joinLookers(): void {
  for (const directory of directoriesOf("lookers")) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "cgroup.procs"), String(process.pid));
  }
}

/** Has groups share the CPU one by one where it is of the unified hierarchy. */
function shareCpu(lab: string): void {
  const controllers = join(lab, "cgroup.controllers");
  if (existsSync(controllers) && readFileSync(controllers, "utf8").split(/\s/).includes("cpu")) writeFileSync(join(lab, "cgroup.subtree_control"), "+cpu");
}

/** Gives a group another part of the CPU than its equals have, where more is asked for than there is: 1 is theirs. */
export function setPart(name: string, part: number): void {
  for (const directory of directoriesOf(name))
    for (const [file, equal] of Object.entries(equals))
      if (existsSync(join(directory, file))) writeFileSync(join(directory, file), String(Math.round(equal * part)));
}

/** Every process in a group and below it, as this machine numbers them. */
export function processesIn(name: string): number[] {
  const found = new Set<number>();
  for (const directory of directoriesOf(name).flatMap(tree)) {
    const text = existsSync(join(directory, "cgroup.procs")) ? readFileSync(join(directory, "cgroup.procs"), "utf8") : "";
    for (const line of text.split("\n")) if (line !== "") found.add(Number(line));
  }
  return [...found];
}

/** Names of the groups that exist. */
export function groupNames(): string[] {
  const names = hierarchies().flatMap((mount) => {
    const directory = join(mount, parent);
    return existsSync(directory) ? directoriesIn(directory) : [];
  });
  return [...new Set(names)];
}

/** Stops or continues every process of a group at once, as a host whose CPU stands still. */
export function setFrozen(name: string, frozen: "frozen" | "running"): void {
  const [freezer] = directoriesOf(name)
    .map((directory) => join(directory, "cgroup.freeze"))
    .filter((file) => existsSync(file));
  if (freezer === undefined) throw new Error(`group ${name}: this kernel has no cgroup.freeze, which cgroup v2 brings since Linux 5.2`);
  writeFileSync(freezer, frozen === "frozen" ? "1" : "0");
}

/** Removes a group without processes. */
export function removeGroup(name: string): void {
  for (const directory of directoriesOf(name)) {
    for (const one of tree(directory).reverse()) rmdirSync(one);
  }
}

/** Removes what holds the groups, once they are gone. */
export function removeGroups(): void {
  for (const mount of hierarchies()) {
    const directory = join(mount, parent);
    if (existsSync(directory)) rmdirSync(directory);
  }
}

/** A directory and all below it, parents first; none where there is none. */
function tree(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return [directory, ...directoriesIn(directory).flatMap((name) => tree(join(directory, name)))];
}

function directoriesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
