import { existsSync } from "node:fs";
import { z } from "zod";
import { masterFlagPath } from "../../hosts/edge/paths";
import type { Container } from "./container";
import type { HostLab } from "./lab";

/** PostgreSQL's cluster as Patroni sees it. */
export interface DatabaseState {
  leader: string | undefined;
  synchronous: string[];
  /** Members that follow the leader, without a gap in what they have. */
  streaming: string[];
}

const clusterSchema = z.object({
  members: z.array(z.object({ name: z.string(), role: z.string(), state: z.string(), lag: z.union([z.number(), z.string()]).optional() })),
});

/** Asks the members in turn; the first that answers speaks for all. Undefined when none answers. */
export async function databaseState(lab: HostLab): Promise<DatabaseState | undefined> {
  for (const host of lab.hostsOf("database")) {
    const text = await httpGet(host, `https://${host.host.address}:8008/cluster`);
    const parsed = clusterSchema.safeParse(json(text));
    if (!parsed.success) continue;
    const { members } = parsed.data;
    return {
      leader: members.find(({ role, state }) => role === "leader" && state === "running")?.name,
      synchronous: members.filter(({ role }) => role === "sync_standby").map(({ name }) => name),
      streaming: members.filter(({ role, state }) => role !== "leader" && state === "streaming").map(({ name }) => name),
    };
  }
  return undefined;
}

/** One Redis as its Sentinels see it. */
export interface RedisState {
  master: string | undefined;
  /** Replicas that follow the master now. */
  replicas: number;
  /** Sentinels that name the same master, say nothing against it, and can vote with every other. */
  agreeing: number;
}

/** What every Sentinel says of a master, put together. */
export async function redisState(lab: HostLab, master: string): Promise<RedisState> {
  const instance = lab.blueprint.redis.instances.find(({ masterName }) => masterName === master);
  if (instance === undefined) throw new Error(`${master}: no master of the platform`);
  const { sentinelPort } = instance;
  const hosts = lab.hostsOf("redis").filter((host) => host.init() !== undefined);
  const views = await Promise.all(
    hosts.map(async (host) => {
      const [of, replicas, others] = await Promise.all([
        sentinel(host, sentinelPort, "master", master),
        sentinel(host, sentinelPort, "replicas", master),
        sentinel(host, sentinelPort, "sentinels", master),
      ]);
      const voters = (others ?? []).filter(({ flags }) => flags === "sentinel").length;
      return { address: of?.[0]?.["ip"], flags: of?.[0]?.["flags"], replicas: replicas ?? [], voters };
    }),
  );
  const [address] = mostNamed(views.flatMap((view) => (view.address === undefined ? [] : [view.address])));
  const others = lab.hostsOf("redis").length - 1;
  const agreeing = views.filter((view) => view.address === address && view.flags === "master" && view.voters === others);
  return {
    master: lab.platform.hosts.find((host) => host.address === address)?.name,
    replicas: Math.min(
      ...agreeing.map((view) => view.replicas.filter((one) => one["master-link-status"] === "ok" && one["flags"] === "slave").length),
      Infinity,
    ),
    agreeing: agreeing.length,
  };
}

function mostNamed(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** A Sentinel's answer, one record a master or replica; undefined when it gives none. */
async function sentinel(
  host: Container,
  port: number,
  what: "master" | "replicas" | "sentinels",
  master: string,
): Promise<Record<string, string>[] | undefined> {
  const tls = "/run/bundler/tls-redis";
  const { status, stdout } = await host.inside([
    ...["timeout", "2", "redis-cli", "-h", host.host.address, "-p", String(port), "--tls"],
    ...["--cacert", `${tls}/ca.pem`, "--cert", `${tls}/cert.pem`, "--key", `${tls}/key.pem`, "--json", "SENTINEL", what, master],
  ]);
  if (status !== 0) return undefined;
  const answer = json(stdout);
  const records = what === "master" ? [answer] : answer;
  return Array.isArray(records) ? (records as Record<string, string>[]) : undefined;
}

/** Edge hosts that keepalived calls master. */
export function edgeMasters(lab: HostLab): string[] {
  return lab
    .hostsOf("edge")
    .filter((host) => host.init() !== undefined && existsSync(host.path(masterFlagPath)))
    .map((host) => host.host.name);
}

const backendSchema = z.array(z.object({ backend: z.string(), server: z.string(), status: z.string() }));

/** A server behind a HAProxy. */
export interface ServerState {
  backend: string;
  server: string;
  up: boolean;
}

/** Servers behind the HAProxy of a host. Undefined when it does not answer. */
export async function serverStates(host: Container): Promise<ServerState[] | undefined> {
  const program = [
    "import csv, json, socket",
    "s = socket.socket(socket.AF_UNIX); s.settimeout(2); s.connect('/run/haproxy/admin.sock'); s.sendall(b'show stat\\n')",
    "text = b''.join(iter(lambda: s.recv(65536), b'')).decode().lstrip('# ')",
    "rows = csv.DictReader(text.splitlines())",
    "print(json.dumps([dict(backend=r['pxname'], server=r['svname'], status=r['status']) for r in rows if r['svname'] not in ('FRONTEND', 'BACKEND')]))",
  ].join("\n");
  const { status, stdout } = await host.inside(["python3", "-c", program]);
  const parsed = backendSchema.safeParse(json(stdout));
  if (status !== 0 || !parsed.success) return undefined;
  // A server without a check is where connections wait, and no server of anybody.
  return parsed.data
    .filter(({ status: state }) => state !== "no check")
    .map(({ backend, server, status: state }) => ({ backend, server, up: state.startsWith("UP") }));
}

/** Units of a host by their state, e.g. `active`. */
export async function unitStates(host: Container, units: readonly string[]): Promise<Record<string, string>> {
  const { stdout } = await host.inside(["systemctl", "is-active", ...units]);
  const states = stdout.trim().split("\n");
  return Object.fromEntries(units.map((unit, index) => [unit, states[index] ?? "unknown"]));
}

/** Jobs in each state of each queue that has any, as an application host sees them. */
export async function queueDepths(host: Container): Promise<Record<string, Record<string, number>>> {
  const program = [
    "import json, re, subprocess",
    "run = lambda *a: json.loads(subprocess.run(['redis-cli', '-p', '6381', '--json', *a], capture_output=True, text=True, check=True).stdout)",
    "depths = {}",
    "for key in sorted(set(subprocess.run(['redis-cli', '-p', '6381', '--scan', '--pattern', 'bull:*'], capture_output=True, text=True, check=True).stdout.split())):",
    "    m = re.fullmatch(r'bull:([^:]+):(wait|active|delayed|failed|prioritized|paused)', key)",
    "    if m: depths.setdefault(m[1], {})[m[2]] = run('LLEN' if m[2] in ('wait', 'active', 'paused') else 'ZCARD', key)",
    "print(json.dumps(depths))",
  ].join("\n");
  const { stdout } = await host.inside(["timeout", "10", "python3", "-c", program]);
  const parsed = z.record(z.string(), z.record(z.string(), z.number())).safeParse(json(stdout));
  return parsed.success ? parsed.data : {};
}

/** The body of an answer, asked from the host's own place in the network; empty when there is none. */
export async function httpGet(host: Container, url: string): Promise<string> {
  const { status, stdout } = await host.inNetwork(["curl", "--silent", "--insecure", "--fail", "--max-time", "2", url]);
  return status === 0 ? stdout : "";
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
