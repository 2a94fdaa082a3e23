import type { Blueprint, Host, Machine } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { lines } from "../lines";
import { managedBackends } from "./backends/managed";
import { minioBackend, ownBackends } from "./backends/selfHosted";
import { writerFrontend } from "./backends/region";
import { primaryBackend, redisBackend } from "./backends/waiting";
import { adminSocket } from "./paths";

/** Longest that a session may be silent: pools keep connections for hours, TCP keepalive finds the dead ones. */
const idle = "24h";

/** Backends of which one server is up, the leader. A lost one's sessions are cut by bundler_cut.py. */
export function leaderBackends({ redis }: Blueprint): string[] {
  return [primaryBackend, ...redis.instances.map(({ name }) => redisBackend(name))];
}

/** `/etc/haproxy/haproxy.cfg` of an application host: the data proxy on loopback, which alone knows the topology. */
export function dataProxyCfg(blueprint: Blueprint, machine: Machine): string {
  const { proxy } = blueprint;
  return lines(
    ["global", "    log /dev/log local0", "    user haproxy", "    group haproxy", `    stats socket ${adminSocket} mode 660 level admin`, ""],
    [
      "defaults",
      "    mode tcp",
      "    log global",
      "    option tcplog",
      "    option dontlognull",
      "    option clitcpka",
      // A server that is gone without a word is found by these, not by the kernel's two hours.
      `    srvtcpka-idle ${String(proxy.tcpKeepalive.idleSeconds)}s`,
      `    srvtcpka-intvl ${String(proxy.tcpKeepalive.intervalSeconds)}s`,
      `    srvtcpka-cnt ${String(proxy.tcpKeepalive.count)}`,
      "    option srvtcpka",
      "    timeout connect 1s",
      "    timeout check 1s",
      `    timeout client ${idle}`,
      `    timeout server ${idle}`,
      `    default-server check inter ${String(proxy.checkIntervalMilliseconds)}ms fall ${String(proxy.checkFall)} rise ${String(proxy.checkRise)}`,
      "",
    ],
    blueprint.hosting === "managed" ? managedBackends(blueprint) : ownBackends(blueprint),
    payment(blueprint, machine),
    blueprint.hosting === "managed" ? [] : [...minioBackend(blueprint), ...writerFrontend(blueprint, machine)],
  );
}

/** How many addresses an internal load balancer has at most: one a zone. */
export const balancerServers = ({ network }: Blueprint): string[] => network.zones.map(({ letter }) => `balancer-${letter}`);

/** More would fill user data, and no failure takes so many at once. */
const mostPaymentHosts = 9;

/** API hosts of which a host asks one for payment-service: its own where it is one, and of many the next ones, so that each is asked by as many. */
function paymentHosts(blueprint: Blueprint, machine: Machine): Host[] {
  const hosts: Host[] = hostsOf(blueprint, "api");
  if (hosts.length <= mostPaymentHosts) return hosts;
  const index = blueprint.hosts.find(({ name }) => name === machine.name)?.index ?? 1;
  return Array.from({ length: mostPaymentHosts }, (_, step) => hosts[(index - 1 + step) % hosts.length]).filter((host) => host !== undefined);
}

/** The payment service for upload-api and upload-workers: this host's own first, where it runs. */
function payment(blueprint: Blueprint, machine: Machine): string[] {
  const port = blueprint.processes.find((process) => process.name === "payment-service")?.port;
  if (port === undefined || port === null) throw new Error("data proxy: payment-service has no port in the blueprint");
  const local = machine.processes.includes("payment-service");
  const rest = local ? " backup" : "";
  return [
    "listen payment",
    "    mode http",
    "    option httplog",
    `    bind 127.0.0.1:${String(blueprint.proxy.paymentPort)}`,
    "    option httpchk GET /health",
    "    option redispatch 1",
    "    timeout client 120s",
    "    timeout server 120s",
    ...(blueprint.hosting === "managed"
      ? [...(local ? [`    server own 127.0.0.1:${String(port)}`] : []), ...balancerServers(blueprint).map((name) => `    server ${name} 127.0.0.1:1${rest}`)]
      : paymentHosts(blueprint, machine).map(({ name, address }) => {
          const own = name === machine.name;
          return `    server ${name} ${own ? "127.0.0.1" : address}:${String(port)}${own ? "" : rest}`;
        })),
    "",
  ];
}
