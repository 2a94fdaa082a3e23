import { readFileSync } from "node:fs";
import type { Blueprint, Process } from "../../blueprint/types";
import { run } from "./commands";
import type { Container } from "./container";
import { databaseState, edgeMasters, httpGet, redisState, serverStates, unitStates } from "./inspect";
import type { HostLab } from "./lab";
import { namespaces } from "./network/links";
import { outsideFiles } from "./outside/start";

/** Everything that keeps the platform from being whole, each in a few words; empty for a healthy platform. */
export async function faultsOf(lab: HostLab): Promise<string[]> {
  const off = lab.hosts().filter((host) => host.init() === undefined);
  if (off.length > 0) return off.map(({ host }) => `${host.name}: off`);
  const parts = await Promise.all([database(lab), redis(lab), etcd(lab), edge(lab), application(lab), endpointFaults(lab)]);
  return parts.flat();
}

async function database(lab: HostLab): Promise<string[]> {
  const members = lab.hostsOf("database").length;
  const state = await databaseState(lab);
  if (state === undefined) return ["database: no member answers"];
  return [
    ...(state.leader === undefined ? ["database: no primary"] : []),
    ...(lab.blueprint.database.patroni.synchronousMode && state.synchronous.length === 0 ? ["database: no synchronous standby"] : []),
    ...(state.streaming.length < members - 1 ? [`database: ${String(state.streaming.length)} of ${String(members - 1)} standbys stream`] : []),
  ];
}

async function redis(lab: HostLab): Promise<string[]> {
  const hosts = lab.hostsOf("redis").length;
  const faults = await Promise.all(
    lab.blueprint.redis.instances.map(async ({ masterName }) => {
      const state = await redisState(lab, masterName);
      return [
        ...(state.agreeing < hosts ? [`${masterName}: ${String(state.agreeing)} of ${String(hosts)} Sentinels agree`] : []),
        ...(state.replicas < hosts - 1 ? [`${masterName}: ${String(state.replicas)} of ${String(hosts - 1)} replicas follow`] : []),
      ];
    }),
  );
  return faults.flat();
}

/** Where etcd says on each host that it has a quorum (hosts/etcd). */
const etcdHealth = "http://127.0.0.1:2381/health";

async function etcd(lab: HostLab): Promise<string[]> {
  const answers = await Promise.all(lab.hostsOf("redis").map(async (host) => ({ host, text: await httpGet(host, etcdHealth) })));
  return answers.filter(({ text }) => !text.includes('"health":"true"')).map(({ host }) => `etcd on ${host.host.name}: not healthy`);
}

async function edge(lab: HostLab): Promise<string[]> {
  const masters = edgeMasters(lab);
  const owner = ownerOf(lab);
  const servers = await Promise.all(lab.hostsOf("edge").map((host) => downServers(host)));
  return [
    ...(masters.length === 1 ? [] : [`edge: ${String(masters.length)} masters`]),
    ...(owner !== undefined && masters.includes(owner) ? [] : [`edge: the Elastic IP is ${owner ?? "nobody"}'s`]),
    ...servers.flat(),
  ];
}

/** Name of the host that has the public address. */
export function ownerOf(lab: HostLab): string | undefined {
  const owners = JSON.parse(readFileSync(outsideFiles(lab.layout.outside).owners, "utf8")) as Record<string, string>;
  const address = owners[lab.publicAddress];
  return lab.platform.hosts.find((host) => host.address === address)?.name;
}

async function downServers(host: Container): Promise<string[]> {
  const states = await serverStates(host);
  if (states === undefined) return [`${host.host.name}: HAProxy does not answer`];
  return states.filter(({ up }) => !up).map(({ backend, server }) => `${host.host.name}: ${backend} finds ${server} down`);
}

/** Backends of the data proxy of which one server is up, and the others are what it keeps clients from. */
const leaderBackends = ["postgres-primary", "redis-cache", "redis-queues"];

async function application(lab: HostLab): Promise<string[]> {
  const hosts = [...lab.hostsOf("api"), ...lab.hostsOf("worker")];
  const faults = await Promise.all(hosts.map((host) => applicationHost(lab, host)));
  const singletons = lab.blueprint.processes.filter((process) => process.placement === "singleton");
  const counts = await Promise.all(singletons.map(async (process) => ({ process, count: await running(hosts, process) })));
  return [...faults.flat(), ...counts.filter(({ count }) => count !== 1).map(({ process, count }) => `${process.name}: ${String(count)} run`)];
}

async function running(hosts: readonly Container[], process: Process): Promise<number> {
  const unit = `${process.name}.service`;
  const states = await Promise.all(hosts.map((host) => unitStates(host, [unit])));
  return states.filter((state) => state[unit] === "active").length;
}

async function applicationHost(lab: HostLab, host: Container): Promise<string[]> {
  const own = lab.blueprint.processes.filter(
    ({ name, placement }) => placement !== "singleton" && lab.blueprint.hosts.some((one) => one.name === host.host.name && one.processes.includes(name)),
  );
  const units = ["pgbouncer.service", ...own.map(({ name }) => `${name}.service`)];
  const [servers, states] = await Promise.all([serverStates(host), unitStates(host, units)]);
  const name = host.host.name;
  if (servers === undefined) return [`${name}: its data proxy does not answer`];
  const backends = [...new Set(servers.map(({ backend }) => backend))];
  return [
    ...backends.flatMap((backend) => {
      const up = servers.filter((one) => one.backend === backend && one.up).length;
      const all = servers.filter((one) => one.backend === backend).length;
      const wanted = leaderBackends.includes(backend) ? 1 : all;
      return up === wanted ? [] : [`${name}: ${backend} has ${String(up)} of ${String(wanted)}`];
    }),
    ...units.filter((unit) => states[unit] !== "active").map((unit) => `${name}: ${unit} is ${states[unit] ?? "unknown"}`),
  ];
}

/** What a client outside finds missing. */
export async function endpointFaults(lab: HostLab<Blueprint>): Promise<string[]> {
  const paths = ["/v1/info", "/v1/rates"];
  const answers = await Promise.all(paths.map(async (path) => ({ path, status: await statusOf(lab, path) })));
  return answers
    .filter(({ status }) => status !== "200")
    .map(({ path, status }) => `https://${lab.blueprint.domain}${path}: ${status === "000" ? "no answer" : status}`);
}

/** HTTP status of a public path, as a client outside gets it, the certificate checked; `000` when there is no answer. */
async function statusOf(lab: HostLab<Blueprint>, path: string): Promise<string> {
  const { domain } = lab.blueprint;
  const { stdout } = await run("ip", [
    ...["netns", "exec", namespaces.client, "curl", "--silent", "--max-time", "5", "--output", "/dev/null", "--write-out", "%{http_code}"],
    ...["--cacert", outsideFiles(lab.layout.outside).authority, "--resolve", `${domain}:443:${lab.publicAddress}`, `https://${domain}${path}`],
  ]);
  return stdout;
}
