import { existsSync, mkdirSync } from "node:fs";
import type { Blueprint, ManagedBlueprint, SelfHostedBlueprint } from "../../blueprint/types";
import { debianRoot } from "../debian/root";
import { SetupFault } from "../setup/fault";
import { isRoot, needPrograms } from "../setup/programs";
import { Container } from "./container";
import { makeImage } from "./image";
import { Layout } from "./layout";
import type { Certified } from "./outside/authority";
import { motoEnvironment } from "./outside/moto";
import { launchOutside, openOutside } from "./outside/start";
import { hostNamed, type LabPlatform } from "./platform";
import { readStart, writeStart, type Start } from "./platformFile";
import { makeCore, makeRootDisks, makeZones, removeRegion } from "./region";

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
export class HostLab<Of extends Blueprint = SelfHostedBlueprint> {
  private constructor(
    public readonly layout: Layout,
    public readonly platform: LabPlatform,
    public readonly blueprint: Of,
  ) {}

  /** The lab that is up, or undefined. */
  public static find(home: string): HostLab<Blueprint> | undefined {
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
    await makeRootDisks(layout);
    await makeCore();
    launchOutside(layout.outside);
  }

  /** In a prepared lab: makes the platform's network and hosts, and switches every host on, after what has to be there `before`. */
  public static async start<Of extends Blueprint>(
    home: string,
    start: Start<Of>,
    authority: Certified,
    say: (what: string) => void,
    before: (lab: HostLab<Of>) => Promise<void> = () => Promise.resolve(),
  ): Promise<HostLab<Of>> {
    const root = await debianRoot("baked");
    const layout = Layout.of(home);
    writeStart(layout.platform, start);
    const lab = new HostLab(layout, start.platform, start.blueprint);
    makeImage(layout, root, authority.certificate);
    await makeZones(start.platform);
    await openOutside(layout, start, authority);
    say("the region is there, and the services outside the hosts answer");
    await before(lab);
    await Promise.all(lab.hosts().map((host) => host.make(root)));
    await Promise.all(lab.hosts().map((host) => host.start()));
    say(`${String(start.platform.hosts.length)} hosts are switched on`);
    return lab;
  }

  /** Public address of the platform. */
  public get publicAddress(): string {
    if (this.blueprint.edge.kind === "alb") return hostNamed(this.platform, "alb").address;
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

  /** What AWS would run in the stack's network. */
  public services(): Container[] {
    return this.platform.services.map((service) => this.host(service.name));
  }

  public hostsOf(role: string): Container[] {
    return this.hosts().filter(({ host }) => host.role === role);
  }

  public host(name: string): Container {
    return new Container(this.layout, this.platform, hostNamed(this.platform, name));
  }
}

/** Whether a lab is of a platform on own hosts. */
export function isSelfHosted(lab: HostLab<Blueprint>): lab is HostLab {
  return lab.blueprint.hosting === "selfHosted";
}

/** Whether a lab is of a platform of managed services. */
export function isManaged(lab: HostLab<Blueprint>): lab is HostLab<ManagedBlueprint> {
  return lab.blueprint.hosting === "managed";
}
