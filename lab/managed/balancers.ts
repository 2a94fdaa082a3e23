import { listenerRules } from "../../blueprint/managed/listenerRules";
import { ports } from "../../blueprint/ports";
import type { ManagedBlueprint, Service } from "../../blueprint/types";
import { lines } from "../../hosts/lines";
import type { Container } from "../hosts/container";
import type { HostLab } from "../hosts/lab";
import { certify, type Certified } from "../hosts/outside/authority";
import { directory } from "./engine";

const configuration = `${directory}/haproxy.cfg`;
const certificate = `${directory}/public.pem`;

/** Starts what stands in for the stack's load balancers, an HAProxy each: the public one with TLS and the route table, and the internal one. */
export async function startBalancers(lab: HostLab<ManagedBlueprint>, authority: Certified): Promise<void> {
  const [alb, nlb] = [lab.host("alb"), lab.host("nlb")];
  const own = await certify(authority, [lab.blueprint.domain]);
  alb.write(certificate, `${own.certificate}${own.privateKey}`);
  alb.write(configuration, publicBalancer(lab.blueprint, lab.hostsOf("api")));
  nlb.write(configuration, internalBalancer(lab.blueprint, lab.hostsOf("api")));
  for (const balancer of [alb, nlb]) await balancer.start(["haproxy", "-db", "-f", configuration]);
}

/** The application load balancer: the listener's rules in their order, by the same expressions on the path as it came. */
export function publicBalancer({ edge, routes }: ManagedBlueprint, targets: readonly Container[]): string {
  const { rules, otherwise } = listenerRules(routes);
  return lines(
    defaults("http", edge),
    ["frontend public", `    bind :${String(ports.https)} ssl crt ${certificate} alpn http/1.1`, "    option forwardfor"],
    rules.map(({ service, regexes }) => `    use_backend ${service} if ${regexes.map((one) => `{ path -m reg '${one}' }`).join(" or ")}`),
    [`    default_backend ${otherwise}`, "", "backend deny", "    http-request return status 404 content-type text/plain string 'Not Found'", ""],
    (["upload", "payment"] as const).flatMap((service) => ["", `backend ${service}`, ...servers(edge, targets, portOf[service])]),
  );
}

const portOf: Record<Exclude<Service, "deny">, number> = { upload: ports.uploadApi, payment: ports.paymentService };

/** The network load balancer before payment-service. */
export function internalBalancer({ edge }: ManagedBlueprint, targets: readonly Container[]): string {
  const { port } = edge.payment;
  return lines(defaults("tcp", edge), ["listen payment", `    bind :${String(port)}`, ...servers(edge, targets, port)]);
}

function defaults(mode: "http" | "tcp", { idleSeconds, check }: ManagedBlueprint["edge"]): string[] {
  const times = `inter ${String(check.intervalSeconds)}s fall ${String(check.count)} rise ${String(check.count)}`;
  return [
    "defaults",
    `    mode ${mode}`,
    "    timeout connect 5s",
    `    timeout client ${String(idleSeconds)}s`,
    `    timeout server ${String(idleSeconds)}s`,
    `    timeout check ${String(check.timeoutSeconds)}s`,
    `    default-server check ${times}`,
    "",
  ];
}

function servers({ check }: ManagedBlueprint["edge"], targets: readonly Container[], port: number): string[] {
  return [`    option httpchk GET ${check.path}`, ...targets.map(({ host }) => `    server ${host.name} ${host.address}:${String(port)}`)];
}
