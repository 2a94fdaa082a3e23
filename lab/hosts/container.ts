import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { enterGroup, processesIn, removeGroup, setFrozen, setPart } from "./cgroups";
import { must, run, startDetached } from "./commands";
import type { Layout } from "./layout";
import { hostBatches, namespaces, prefix } from "./network/links";
import { loadRuleset, runBatch } from "./network/load";
import { hostRuleset } from "./network/rules";
import type { LabHost, LabPlatform } from "./platform";
import { attachVolume, detachVolume } from "./volumes";

const pollMilliseconds = 50;
/** A killed host's processes are gone in milliseconds; a disk in trouble may hold one longer. */
const endMilliseconds = 20_000;
/** Longer than any of the application's processes may drain. */
const shutDownMilliseconds = 400_000;
/** Several times what a host takes that has a tenth of two busy cores. */
const makingMilliseconds = 400_000;
/** A host's part of the CPU, beside its fellows' one, while it makes itself. */
const makingPart = 0.1;

/** One host of the stack as a container with its own systemd, network namespace, root disk and volumes. */
export class Container {
  private readonly paths;
  private readonly namespace: string;

  public constructor(
    private readonly layout: Layout,
    private readonly platform: LabPlatform,
    public readonly host: LabHost,
  ) {
    this.paths = layout.host(host.name);
    this.namespace = namespaces.host(host.name);
  }

  /** Makes the host, switched off: its root disk, and its network interface with the security groups. */
  public async make(debianRoot: string): Promise<void> {
    await this.makeRoot(debianRoot);
    await must("ip", ["netns", "add", this.namespace]);
    for (const batch of hostBatches(this.platform, this.host)) await runBatch(batch);
    await this.loadRules();
  }

  /** A new root disk: an empty layer over the image. */
  private async makeRoot(debianRoot: string): Promise<void> {
    const { upper, work, root } = this.paths;
    for (const directory of [upper, work, root]) mkdirSync(directory, { recursive: true, mode: 0o755 });
    await must("mount", ["-t", "overlay", "overlay", "-o", `lowerdir=${this.layout.image}:${debianRoot},upperdir=${upper},workdir=${work}`, root]);
  }

  /** Loads the host's security groups anew. */
  public async loadRules(): Promise<void> {
    await loadRuleset(this.namespace, hostRuleset(this.platform, this.host));
  }

  /** Writes a file on the root disk, readable by root only. */
  public write(inside: string, content: string): void {
    const file = join(this.paths.root, inside);
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, content, { mode: 0o600 });
  }

  /** Switches the host on, which is booted when cloud-init says so; or, of what AWS runs, starts its `program` alone. */
  public async start(program?: readonly string[]): Promise<void> {
    const binds: string[] = [];
    for (const volume of this.host.volumes) binds.push(`--bind=${await attachVolume(this.layout, volume)}:${volume.device}`);
    await must("ip", ["-n", namespaces.zone(this.zoneLetter), "link", "set", this.host.name, "up"]);
    const nspawn = [
      "systemd-nspawn",
      ...[
        "--quiet",
        "--register=no",
        "--keep-unit",
        "--settings=no",
        ...(program === undefined ? ["--boot", "--console=passive"] : ["--as-pid2", "--console=pipe"]),
        "--resolv-conf=off",
        "--timezone=off",
        "--link-journal=no",
      ],
      `--machine=${prefix}${this.host.name}`,
      `--directory=${this.paths.root}`,
      `--network-namespace-path=/run/netns/${this.namespace}`,
      ...binds,
      ...(program ?? []),
    ];
    // The host's kernel parameters of the network are its own namespace's.
    const environment = { ...process.env, SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network" };
    const pid = startDetached("sh", ["-c", `${enterGroup(this.host.name)}; exec "$@"`, "sh", ...nspawn], this.paths.console, environment);
    writeFileSync(this.paths.process, String(pid));
  }

  /** The host's own process 1, as this machine numbers it; undefined while the host is off. */
  public init(): number | undefined {
    if (!existsSync(this.paths.process)) return undefined;
    const supervisor = readFileSync(this.paths.process, "utf8");
    try {
      const [child] = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, "utf8").trim().split(" ");
      return child === undefined || child === "" ? undefined : Number(child);
    } catch {
      return undefined;
    }
  }

  /** A path inside the host, as this machine sees it while the host runs: its tmpfs and volumes too. */
  public path(inside: string): string {
    const init = this.init();
    return init === undefined ? join(this.paths.root, inside) : join(`/proc/${String(init)}/root`, inside);
  }

  /** The command by which this machine runs a program inside the host. Throws while the host is off. */
  public entering(argv: readonly string[]): string[] {
    const init = this.init();
    if (init === undefined) throw new Error(`host ${this.host.name}: it is off`);
    return ["nsenter", "--target", String(init), "--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wdns=/", "--", ...argv];
  }

  /** Runs a program inside the host to its end. */
  public async inside(argv: readonly string[], input = ""): Promise<{ status: number; stdout: string; stderr: string }> {
    const [program, ...rest] = this.entering(argv);
    return run(program ?? "", rest, input);
  }

  /** Runs one of this machine's programs at the host's place in the network. */
  public async inNetwork(argv: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
    return run("ip", ["netns", "exec", this.namespace, ...argv]);
  }

  /** The host is gone at once: no packet of it leaves any more, what was not on its volumes is lost, and every process is dead. */
  public async lose(): Promise<void> {
    await must("ip", ["-n", namespaces.zone(this.zoneLetter), "link", "set", this.host.name, "down"]);
    await this.powerOff();
  }

  /** Cuts the power; the interface stays. */
  public async powerOff(): Promise<void> {
    const init = this.init();
    if (init !== undefined) {
      // First of all, so that nothing is acknowledged after the disk is gone, and hosts that go together do so within milliseconds.
      this.freeze();
      await this.shutVolumes(init);
      kill(init);
    }
    const latest = Date.now() + endMilliseconds;
    while (processesIn(this.host.name).length > 0) {
      if (Date.now() > latest) throw new Error(`host ${this.host.name}: processes ${processesIn(this.host.name).join(", ")} do not end`);
      for (const pid of processesIn(this.host.name)) kill(pid);
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
    removeGroup(this.host.name);
    rmSync(this.paths.process, { force: true });
    for (const volume of this.host.volumes) await detachVolume(this.layout, volume);
  }

  /** Stops the host in good order, as EC2 does before it terminates one: its processes drain. Throws when it does not end. */
  public async shutDown(): Promise<void> {
    await this.inside(["systemctl", "poweroff", "--no-block"]);
    const latest = Date.now() + shutDownMilliseconds;
    while (this.init() !== undefined) {
      if (Date.now() > latest) throw new Error(`host ${this.host.name}: not off ${String(shutDownMilliseconds / 1000)} s after it was asked to`);
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
    await this.powerOff();
  }

  /** Throws the volumes of a host that is off away, as if they had been lost with it: the next ones are new and empty. */
  public forgetVolumes(): void {
    for (const volume of this.host.volumes) rmSync(this.layout.volume(volume.volumeId), { force: true });
  }

  /** What was not yet on a volume never will be: its file system stops here and now, its log unflushed, as when the power goes. */
  private async shutVolumes(init: number): Promise<void> {
    const mounts = readFileSync(`/proc/${String(init)}/mounts`, "utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .filter(([, , type]) => type === "xfs")
      .map(([, point = ""]) => point);
    for (const mount of mounts) await run("nsenter", ["--target", String(init), "--mount", "--root", "xfs_io", "-x", "-c", "shutdown", mount]);
  }

  public freeze(): void {
    setFrozen(this.host.name, "frozen");
  }

  public thaw(): void {
    setFrozen(this.host.name, "running");
  }

  /**
   * Starts a new host that makes itself with what the others leave of this machine's CPU, and then has its part of it as they do.
   * On EC2 a host that unpacks and compiles takes no other host's CPU. Throws when it is not made in time.
   */
  public async startBehind(): Promise<void> {
    await this.start();
    setPart(this.host.name, makingPart);
    const latest = Date.now() + makingMilliseconds;
    while (!this.made()) {
      if (Date.now() > latest) throw new Error(`host ${this.host.name}: not made after ${String(makingMilliseconds / 1000)} s`);
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
    setPart(this.host.name, 1);
  }

  /** Whether cloud-init has come to its end since the host was switched on. */
  public made(): boolean {
    return existsSync(this.path("/run/cloud-init/result.json"));
  }

  /** Forgets the root disk of a host that is off, so that its next start is a new host's first. Its volumes and its address stay. */
  public async replaceRoot(debianRoot: string): Promise<void> {
    await must("umount", [this.paths.root]);
    rmSync(this.paths.directory, { recursive: true, force: true });
    await this.makeRoot(debianRoot);
  }

  private get zoneLetter(): string {
    return this.host.zone.slice(-1);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
