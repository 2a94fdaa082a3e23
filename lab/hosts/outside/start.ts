import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { debianMirror } from "../../debian/mirror";
import { SetupFault } from "../../setup/fault";
import { cacheDirectory, repository } from "../../setup/paths";
import { enterGroup, processesIn } from "../cgroups";
import { startDetached } from "../commands";
import { namespaces } from "../network/links";
import type { Layout } from "../layout";
import type { Start } from "../platformFile";
import { certify, type Certified } from "./authority";
import { resolverArguments } from "./names";
import { operatorValues } from "./operator";
import { certifiedNames, sockets, type OutsidePlan } from "./plan";

/** Control group of everything outside the hosts. */
export const outsideGroup = "outside";
const readyMilliseconds = 60_000;

/** Files of what stands outside the hosts, in its directory. */
export function outsideFiles(
  directory: string,
): Record<"plan" | "log" | "ready" | "owners" | "completed" | "resolverLog" | "resolverProcess" | "authority", string> {
  return {
    plan: join(directory, "plan.json"),
    log: join(directory, "outside.log"),
    ready: join(directory, "ready"),
    owners: join(directory, "elastic-ips.json"),
    completed: join(directory, "lifecycle-actions"),
    resolverLog: join(directory, "resolver.log"),
    resolverProcess: join(directory, "resolver.pid"),
    authority: join(directory, "authority.pem"),
  };
}

/** Starts the process of the services, which waits for its plan. The region's core is there already. */
export function launchOutside(directory: string): void {
  const paths = outsideFiles(directory);
  for (const file of [paths.plan, paths.ready]) rmSync(file, { force: true });
  const loader = join(repository, "node_modules/tsx/dist/cjs/index.cjs");
  const main = [process.execPath, "--require", loader, join(__dirname, "main.ts"), paths.plan];
  runOutside(["python3", join(__dirname, "listen.py"), namespaces.core, ...Object.values(sockets), "--", ...main], paths.log);
}

/** Gives the launched services their plan, starts the resolver, and answers when all of it serves. */
export async function openOutside({ outside: directory, platform: platformFile }: Layout, start: Start, authority: Certified): Promise<void> {
  const { platform, files } = start;
  const { domain } = start.blueprint;
  const paths = outsideFiles(directory);
  writeFileSync(paths.authority, authority.certificate);
  const operators = await operatorValues(authority, domain);
  const filled = platform.secrets.flatMap(({ name }) => {
    const value = operators[name.slice(name.lastIndexOf("/") + 1)];
    return value === undefined ? [] : [[name, value] as const];
  });
  const plan: OutsidePlan = {
    platform,
    platformFile,
    identities: {
      instances: Object.fromEntries(platform.hosts.map((host) => [host.name, host.instanceId])),
      credentials: Object.fromEntries(platform.roles.map((role) => [role.name, newCredentials()])),
    },
    values: Object.fromEntries(filled),
    files,
    awsCertificate: await certify(authority, certifiedNames(platform.region)),
    debianMirror: debianMirror(),
    debianDirectory: join(cacheDirectory(), "debian-packages"),
    ownersFile: paths.owners,
    completedFile: paths.completed,
    readyFile: paths.ready,
  };
  writeFileSync(`${paths.plan}.partial`, JSON.stringify(plan), { mode: 0o600 });
  renameSync(`${paths.plan}.partial`, paths.plan);
  runOutside(["ip", "netns", "exec", namespaces.core, "dnsmasq", ...resolverArguments(platform, domain, paths.resolverProcess)], paths.resolverLog);
  await ready(paths);
}

/** Starts a program outside the hosts. */
export function runOutside(program: readonly string[], log: string): void {
  startDetached("sh", ["-c", `${enterGroup(outsideGroup)}; exec "$@"`, "sh", ...program], log);
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
