import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sitesOf } from "../../blueprint/objects";
import { otherHostsOf } from "../../blueprint/otherRegion";
import type { Blueprint, Machine } from "../../blueprint/types";
import { packagesProgram, programDirectory, rootFile, settingsFile, unit } from "../files";
import { lines } from "../lines";
import { programText } from "../program";
import type { HostFile, HostPlan } from "../types";
import { artifactsService, secretsService, volumesService } from "./units";

const program = (name: string): HostFile => rootFile(`${programDirectory}/${name}`, programText(__dirname, name));
const programs = ["bundler_volumes.py", "bundler_secrets.py"].map(program);
/** Only where there is something to fetch: user data of other hosts is nearly full. */
const artifactsProgram = program("bundler_artifacts.py");

/** A connection to a host that is gone ends after 0.2 s × (2⁶ − 1) = 12.6 s (Linux net/ipv4/tcp_timer.c) instead of 15 minutes. */
const tcpRetries = 5;

/** What every host has below its role: names of all hosts, volumes, secrets and artifacts. `role` says what to fetch. */
export function basePlan(blueprint: Blueprint, machine: Machine, role: HostPlan): HostPlan {
  const { secrets, region } = blueprint;
  const artifacts = role.artifacts ?? [];
  return {
    packages: ["ca-certificates", "procps", "python3", "python3-boto3", ...(machine.volumes.length > 0 ? ["amazon-ec2-utils", "xfsprogs"] : [])],
    files: [
      rootFile("/etc/hosts", hostsFile(blueprint, machine)),
      rootFile("/etc/sysctl.d/60-bundler.conf", `net.ipv4.tcp_retries2 = ${String(tcpRetries)}\n`),
      rootFile("/etc/systemd/journald.conf.d/bundler.conf", "[Journal]\nStorage=persistent\nSystemMaxUse=1G\n"),
      rootFile(packagesProgram, readFileSync(join(__dirname, "packages.sh"), "utf8")),
      ...programs,
      settingsFile("/etc/bundler/volumes.json", { volumes: machine.volumes.map(({ device, mountPoint }) => ({ device, mountPoint })) }),
      settingsFile("/etc/bundler/secrets.json", { region, prefix: secrets.prefix, files: role.secrets }),
      unit("bundler-volumes.service", volumesService),
      unit("bundler-secrets.service", secretsService),
      ...(artifacts.length === 0
        ? []
        : [artifactsProgram, settingsFile("/etc/bundler/artifacts.json", { region, artifacts }), unit("bundler-artifacts.service", artifactsService)]),
    ],
    secrets: [],
    units: ["bundler-volumes.service", "bundler-secrets.service", ...(artifacts.length === 0 ? [] : ["bundler-artifacts.service"])],
    // Nobody logs in over the network, and nothing restarts a database because a package came.
    maskedUnits: ["ssh.service", "ssh.socket", "apt-daily.timer", "apt-daily-upgrade.timer", "unattended-upgrades.service"],
  };
}

/** Roles of which there may be a hundred hosts; nobody calls one of them by its name. */
const many: readonly string[] = ["api", "worker"];

/** `/etc/hosts`: by name the hosts that keep data, and those at the edge, so that no failover waits for a resolver. */
export function hostsFile(blueprint: Blueprint, machine: Machine): string {
  return lines(
    "127.0.0.1 localhost",
    "::1 localhost ip6-localhost ip6-loopback",
    blueprint.hosts.filter(({ role, name }) => name === machine.name || !many.includes(role)).map(({ address, name }) => `${address} ${name}`),
    siteLines(blueprint, machine),
    blueprint.hosts.some(({ name }) => name === machine.name) ? [`# this host is ${machine.name}`] : [],
  );
}

/** On MinIO's hosts of two regions: each region's MinIO by one name for all its hosts. Who connects tries them one after the other. */
function siteLines(blueprint: Blueprint, machine: Machine): string[] {
  const sites = sitesOf(blueprint.objects);
  if (machine.role !== "objects" || sites === null) return [];
  const own = blueprint.hosts.filter(({ role }) => role === "objects");
  return [...own.map(({ address }) => `${address} ${sites.own}`), ...otherHostsOf(blueprint, "objects").map(({ address }) => `${address} ${sites.other}`)];
}
