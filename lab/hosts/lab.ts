import { existsSync, mkdirSync } from "node:fs";
import type { SelfHostedBlueprint } from "../../blueprint/types";
import { debianRoot } from "../debian/root";
import { SetupFault } from "../setup/fault";
import { isRoot, needPrograms } from "../setup/programs";
import { Container } from "./container";
import { makeImage } from "./image";
import { Layout } from "./layout";
import { makeAuthority } from "./outside/authority";
import { motoEnvironment } from "./outside/moto";
import { launchOutside, openOutside } from "./outside/start";
import { hostNamed, type LabPlatform } from "./platform";
import { readStart, writeStart, type Start } from "./platformFile";
import { makeCore, makeZones, removeRegion } from "./region";

/** What booting hosts needs of this machine besides a Debian root. Throws a `SetupFault` with the remedy. */
export async function needHostPrograms(): Promise<void> {
  if (process.platform !== "linux" || !isRoot()) {
    throw new SetupFault("The lab's hosts: need root on Linux, for containers and network namespaces; run this as root (sudo make lab)");
  }
  await needPrograms([
    { program: "systemd-nspawn", debianPackage: "systemd-container" },
    { program: "ip", debianPackage: "iproute2" },
    { program: "nft", debianPackage: "nftables" },
    { program: "conntrack", debianPackage: "conntrack" },
    { program: "dnsmasq", debianPackage: "dnsmasq-base" },
    { program: "losetup", debianPackage: "mount" },
    { program: "nsenter", debianPackage: "util-linux" },
    { program: "sysctl", debianPackage: "procps" },
    { program: "curl", debianPackage: "curl" },
    { program: "python3", debianPackage: "python3" },
  ]);
}

/** The hosts of one stack on this machine, and everything that stands outside them. */
export class HostLab {
  private constructor(
    public readonly layout: Layout,
    public readonly platform: LabPlatform,
    public readonly blueprint: SelfHostedBlueprint,
  ) {}

  /** The lab that is up, or undefined. */
  public static find(home: string): HostLab | undefined {
    const layout = Layout.of(home);
    if (!existsSync(layout.platform)) return undefined;
    const { platform, blueprint } = readStart(layout.platform);
    return new HostLab(layout, platform, blueprint);
  }

  /** Removes what an earlier lab left, and starts what needs no platform yet: the region's core, and the services outside. */
  public static async prepare(home: string): Promise<void> {
    await needHostPrograms();
    await debianRoot("baked");
    await motoEnvironment();
    const layout = Layout.of(home);
    await removeRegion(layout);
    mkdirSync(layout.outside, { recursive: true });
    await makeCore();
    launchOutside(layout.outside);
  }

  /** In a prepared lab: makes the platform's network and hosts, and switches every host on. */
  public static async start(home: string, start: Start, say: (what: string) => void): Promise<HostLab> {
    const root = await debianRoot("baked");
    const layout = Layout.of(home);
    writeStart(layout.platform, start);
    const lab = new HostLab(layout, start.platform, start.blueprint);
    const authority = await makeAuthority();
    makeImage(layout, root, authority.certificate);
    await makeZones(start.platform);
    await openOutside(layout, start, authority);
    say("the region is there, and the services outside the hosts answer");
    await Promise.all(lab.hosts().map((host) => host.make(root)));
    await Promise.all(lab.hosts().map((host) => host.start()));
    say(`${String(start.platform.hosts.length)} hosts are switched on`);
    return lab;
  }

  /** Public address of the platform. */
  public get publicAddress(): string {
    const name = `${this.blueprint.names.prefix}-edge`;
    const elastic = this.platform.elasticIps.find((one) => one.name === name);
    if (elastic === undefined) throw new Error(`no Elastic IP named ${name}: the lab boots platforms with edge: keepalived`);
    return elastic.address;
  }

  /** Ends the lab, also one that crashed, and leaves nothing. */
  public static async stop(home: string): Promise<void> {
    await removeRegion(Layout.of(home));
  }

  public hosts(): Container[] {
    return this.platform.hosts.map((host) => this.host(host.name));
  }

  public hostsOf(role: string): Container[] {
    return this.hosts().filter(({ host }) => host.role === role);
  }

  public host(name: string): Container {
    return new Container(this.layout, this.platform, hostNamed(this.platform, name));
  }
}
