import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { debianMirror } from "../../debian/mirror";
import { SetupFault } from "../../setup/fault";
import { cacheDirectory, repository } from "../../setup/paths";
import { enterGroup, processesIn } from "../cgroups";
import { startDetached } from "../commands";
import { namespaces } from "../network/links";
import type { LabPlatform } from "../platform";
import { certify, type Certified } from "./authority";
import type { StoredFile } from "./filling";
import { resolverArguments } from "./names";
import { operatorValues } from "./operator";
import { certifiedNames, sockets, type OutsidePlan } from "./plan";

/** Control group of everything outside the hosts. */
export const outsideGroup = "outside";
const readyMilliseconds = 60_000;

/** Files of what stands outside the hosts, in its directory. */
export function outsideFiles(directory: string): Record<"plan" | "log" | "ready" | "owners" | "resolverLog" | "resolverProcess" | "authority", string> {
  return {
    plan: join(directory, "plan.json"),
    log: join(directory, "outside.log"),
    ready: join(directory, "ready"),
    owners: join(directory, "elastic-ips.json"),
    resolverLog: join(directory, "resolver.log"),
    resolverProcess: join(directory, "resolver.pid"),
    authority: join(directory, "authority.pem"),
  };
}

/** Starts what stands outside the hosts, and answers when all of it serves. The region's namespaces are there already. */
export async function startOutside(directory: string, platform: LabPlatform, domain: string, authority: Certified, files: StoredFile[]): Promise<void> {
  const paths = outsideFiles(directory);
  mkdirSync(directory, { recursive: true });
  writeFileSync(paths.authority, authority.certificate);
  const operators = await operatorValues(authority, domain);
  const plan: OutsidePlan = {
    platform,
    identities: {
      instances: Object.fromEntries(platform.hosts.map((host) => [host.name, host.instanceId])),
      credentials: Object.fromEntries(platform.roles.map((role) => [role.name, newCredentials()])),
    },
    values: Object.fromEntries(
      platform.secrets.flatMap(({ name }) => {
        const value = operators[name.slice(name.lastIndexOf("/") + 1)];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    files,
    awsCertificate: await certify(authority, certifiedNames(platform.region)),
    debianMirror: debianMirror(),
    debianDirectory: join(cacheDirectory(), "debian-packages"),
    ownersFile: paths.owners,
    readyFile: paths.ready,
  };
  rmSync(paths.ready, { force: true });
  writeFileSync(paths.plan, JSON.stringify(plan), { mode: 0o600 });
  const enter = enterGroup(outsideGroup);
  const inGroup = (program: readonly string[], log: string): number => startDetached("sh", ["-c", `${enter}; exec "$@"`, "sh", ...program], log);
  inGroup(["ip", "netns", "exec", namespaces.core, "dnsmasq", ...resolverArguments(platform, domain, paths.resolverProcess)], paths.resolverLog);
  const loader = join(repository, "node_modules/tsx/dist/cjs/index.cjs");
  const main = [process.execPath, "--require", loader, join(__dirname, "main.ts"), paths.plan];
  inGroup(["python3", join(__dirname, "listen.py"), namespaces.core, ...Object.values(sockets), "--", ...main], paths.log);
  await ready(paths);
}

async function ready(paths: ReturnType<typeof outsideFiles>): Promise<void> {
  const latest = Date.now() + readyMilliseconds;
  while (!existsSync(paths.ready)) {
    const alone = processesIn(outsideGroup).length < 2;
    if (Date.now() > latest || (alone && Date.now() > latest - readyMilliseconds + 3000)) {
      throw new SetupFault(`The services outside the hosts did not start. Their last words (${paths.log}):\n${readFileSync(paths.log, "utf8").slice(-2000)}`);
    }
    await sleep(100);
  }
}

function newCredentials(): OutsidePlan["identities"]["credentials"][string] {
  return {
    accessKeyId: `ASIA${randomBytes(10).toString("hex").toUpperCase().slice(0, 16)}`,
    secretAccessKey: randomBytes(30).toString("base64"),
    sessionToken: randomBytes(60).toString("base64"),
  };
}
