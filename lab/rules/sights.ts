import type { Container } from "../hosts/container";
import { faultsOf } from "../hosts/health";
import { run } from "../hosts/commands";
import type { HostLab } from "../hosts/lab";
import { namespaces } from "../hosts/network/links";
import type { Load } from "../load/load";
import { acknowledged, requestKinds } from "../load/plan";

/** Somebody whom a missing rule may trouble: gives what is wrong, or nothing. `since`: when the rule went, in milliseconds. */
export interface Sight {
  name: string;
  look: (lab: HostLab, load: Load, since: number) => Promise<string | undefined>;
}

/** Longest silence that clients bear before it counts. */
const silenceMilliseconds = 4000;

/** Everything that is looked at without breaking anything. */
export const sights: readonly Sight[] = [
  { name: "clients", look: (_, load, since) => Promise.resolve(clients(load, since)) },
  { name: "the platform's health", look: async (lab) => (await faultsOf(lab))[0] },
  { name: "a client without TLS", look: redirected },
  {
    name: "an application host's way to PostgreSQL",
    look: (lab) => first([...lab.hostsOf("api"), ...lab.hostsOf("worker")], (host) => primaryReached(host, lab.blueprint.proxy.primaryPort)),
  },
];

function clients(load: Load, since: number): string | undefined {
  const sent = load.ended().filter((one) => one.sentAt >= since);
  const failed = sent.find((one) => !acknowledged(one));
  if (failed !== undefined) return `${failed.kind}: ${failed.status === 0 ? failed.error : String(failed.status)}`;
  const now = Date.now();
  if (now - since < silenceMilliseconds) return undefined;
  const silent = requestKinds.find((kind) => !sent.some((one) => one.kind === kind && one.endedAt > now - silenceMilliseconds));
  return silent === undefined ? undefined : `${silent}: no answer for ${String(silenceMilliseconds / 1000)} s`;
}

async function redirected(lab: HostLab): Promise<string | undefined> {
  const { domain } = lab.blueprint;
  const { stdout } = await run("ip", [
    ...["netns", "exec", namespaces.client, "curl", "--silent", "--max-time", "3", "--output", "/dev/null", "--write-out", "%{redirect_url}"],
    ...["--resolve", `${domain}:80:${lab.publicAddress}`, `http://${domain}/v1/info`],
  ]);
  return stdout.startsWith(`https://${domain}/`) ? undefined : `http://${domain} leads to ${stdout === "" ? "nothing" : stdout}`;
}

async function primaryReached(host: Container, port: number): Promise<string | undefined> {
  const { status, stdout } = await host.inNetwork(["pg_isready", "--host=127.0.0.1", `--port=${String(port)}`, "--timeout=3"]);
  return status === 0 ? undefined : `${host.host.name}: ${stdout.trim()}`;
}

async function first(hosts: readonly Container[], look: (host: Container) => Promise<string | undefined>): Promise<string | undefined> {
  const found = await Promise.all(hosts.map(look));
  return found.find((one) => one !== undefined);
}
