import { outside } from "../network/addresses";
import type { LabPlatform } from "../platform";

/** Where the server of the stack's private zone listens: the resolver keeps its answers for their time to live, and no longer. */
export const privateZoneServer = { address: "127.0.0.1", port: 5353 } as const;

/** dnsmasq's arguments: the resolver of the VPC, which knows the outside world of the lab and nothing else. */
export function resolverArguments(platform: LabPlatform, domain: string, pidFile: string): string[] {
  const at = (name: string, address: string): string => `--address=/${name}/${address}`;
  const [elastic] = platform.elasticIps.filter((one) => one.name.endsWith("-edge"));
  return [
    "--keep-in-foreground",
    "--no-resolv",
    "--no-hosts",
    "--conf-file=/dev/null",
    "--user=root",
    `--pid-file=${pidFile}`,
    `--listen-address=${outside.resolver}`,
    "--bind-interfaces",
    "--local-ttl=5",
    at("amazonaws.com", outside.aws),
    // An endpoint's own addresses come before the service's public ones, as private DNS in the VPC has it.
    ...platform.endpoints.flatMap(({ service, addresses }) => addresses.map(({ address }) => at(`${service}.${platform.region}.amazonaws.com`, address))),
    at("deb.debian.org", outside.debian),
    at("security.debian.org", outside.debian),
    at("arweave.net", outside.arweave),
    ...(elastic === undefined ? [] : [at(domain, elastic.address)]),
    ...(platform.privateZone === undefined ? [] : [`--server=/${platform.privateZone.name}/${privateZoneServer.address}#${String(privateZoneServer.port)}`]),
    // Everything else does not exist, at once instead of after a timeout.
    "--address=/#/",
  ];
}
