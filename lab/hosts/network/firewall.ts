import type { LabHost, LabPlatform, LabRule } from "../platform";
import { run } from "../commands";
import { namespaces } from "./links";
import { loadRuleset, setParameters } from "./load";
import { endpointRuleset, hostRuleset } from "./rules";

/** Where a rule holds: a namespace, and the addresses that are protected there. */
interface Place {
  namespace: string;
  addresses: string[];
}

/**
 * Takes a security-group rule away from a platform that runs, or gives it back. Connections that the rule permitted end with
 * it, which on AWS they do once they pause; so what is seen does not wait for that.
 */
export async function withoutRule(platform: LabPlatform, rule: LabRule): Promise<void> {
  const reduced = { ...platform, rules: platform.rules.filter(({ id }) => id !== rule.id) };
  for (const { namespace, addresses } of placesOf(platform, rule)) {
    // A connection that is no longer known is not learned again from a packet in its middle.
    await setParameters(namespace, { "net.netfilter.nf_conntrack_tcp_loose": "0" });
    await loadFirewall(reduced, namespace);
    for (const address of addresses) for (const source of sourcesOf(platform, rule)) await forget(namespace, rule, address, source);
  }
}

/** Gives every rule back. */
export async function withRule(platform: LabPlatform, rule: LabRule): Promise<void> {
  for (const { namespace } of placesOf(platform, rule)) {
    await loadFirewall(platform, namespace);
    await setParameters(namespace, { "net.netfilter.nf_conntrack_tcp_loose": "1" });
  }
}

async function loadFirewall(platform: LabPlatform, namespace: string): Promise<void> {
  const host = platform.hosts.find(({ name }) => namespaces.host(name) === namespace);
  const zone = platform.zones.find(({ letter }) => namespaces.zone(letter) === namespace);
  if (host !== undefined) await loadRuleset(namespace, hostRuleset(platform, host));
  else if (zone !== undefined) await loadRuleset(namespace, endpointRuleset(platform, platform.endpoints, zone.name));
}

function placesOf(platform: LabPlatform, rule: LabRule): Place[] {
  const hosts = platform.hosts.filter(({ groups }) => groups.includes(rule.group));
  const endpoints = platform.endpoints.filter(({ groups }) => groups.includes(rule.group)).flatMap(({ addresses }) => addresses);
  return [
    ...hosts.map(({ name, address }) => ({ namespace: namespaces.host(name), addresses: [address] })),
    ...platform.zones.map(({ name, letter }) => ({
      namespace: namespaces.zone(letter),
      addresses: endpoints.filter(({ zone }) => zone === name).map(({ address }) => address),
    })),
  ].filter(({ addresses }) => addresses.length > 0);
}

/** Addresses that a rule permits; undefined for any. */
function sourcesOf(platform: LabPlatform, rule: LabRule): (string | undefined)[] {
  const { peer } = rule;
  if ("cidr" in peer) return [undefined];
  return platform.hosts.filter(({ groups }: LabHost) => groups.includes(peer.group)).map(({ address }) => address);
}

/** Its connections are known no more. Without ports, what the host itself sent counts as the beginning of what it gets, as on AWS: both go. */
async function forget(namespace: string, rule: LabRule, address: string, source: string | undefined): Promise<void> {
  const ends = (from: string | undefined, to: string | undefined): string[] => [
    ...(from === undefined ? [] : ["--orig-src", from]),
    ...(to === undefined ? [] : ["--orig-dst", to]),
  ];
  const drop = (...filter: string[]): Promise<unknown> => run("ip", ["netns", "exec", namespace, "conntrack", "--delete", ...filter]);
  const [from, to] = rule.direction === "in" ? [source, address] : [address, source];
  // Its status says whether there was any such connection.
  if (rule.protocol === "tcp" || rule.protocol === "udp") {
    await drop("--proto", rule.protocol, ...ends(from, to), ...(rule.ports === undefined ? [] : ["--orig-port-dst", String(rule.ports.from)]));
  } else {
    await drop(...ends(from, to));
    if (source !== undefined) await drop(...ends(to, from));
  }
}
