import type { Blueprint, Host } from "../../blueprint/types";
import { lines } from "../lines";
import { program, rootFile, settings, unit } from "../rootFile";
import type { HostFile, HostPlan } from "../types";
import { edgeHaproxyCfg } from "./haproxy.cfg";
import { keepalivedConf } from "./keepalived.conf";
import { acmePort, certificatePath, masterPath } from "./paths";
import { acmeService, acmeTimer, certificateService, certificateTimer, eipService, haproxyDropIn, keepalivedDropIn } from "./units";

/** Everything on an edge host above the base: HAProxy, its certificate, and who holds the public address. */
export function edgePlan(blueprint: Blueprint, host: Host): HostPlan {
  const { edge } = blueprint;
  const moves = edge.kind === "keepalived";
  const acme = edge.certificate.source === "acme";
  if (acme && !moves) {
    throw new Error("edge nlb with certificate acme: a challenge may arrive at either edge host, and only one can answer it; needed edge keepalived, or certificate secret");
  }
  return {
    packages: ["haproxy", "openssl", ...(moves ? ["keepalived", "curl"] : []), ...(acme ? ["certbot"] : [])],
    files: [
      rootFile("/etc/haproxy/haproxy.cfg", edgeHaproxyCfg(blueprint, host)),
      rootFile("/etc/sysctl.d/90-bundler-edge.conf", lines("net.core.somaxconn = 8192", "net.ipv4.ip_local_port_range = 15000 65000")),
      settings("certificate.json", certificateSettings(blueprint)),
      program(__dirname, "bundler_certificate.py"),
      unit("bundler-certificate.service", certificateService()),
      unit("bundler-certificate.timer", certificateTimer(blueprint)),
      unit("haproxy.service.d/bundler.conf", haproxyDropIn()),
      ...(moves ? movingAddress(blueprint, host) : []),
      ...(acme ? [program(__dirname, "bundler_acme.py"), unit("bundler-acme.service", acmeService()), unit("bundler-acme.timer", acmeTimer())] : []),
    ],
    secrets: [{ path: certificatePath, mode: "0600", owner: "root:root", parts: [{ secret: "edge-certificate" }], optional: true }],
    units: ["haproxy.service", "bundler-certificate.timer", ...(moves ? ["bundler-eip.service", "keepalived.service"] : []), ...(acme ? ["bundler-acme.timer"] : [])],
    maskedUnits: acme ? ["certbot.timer"] : [],
  };
}

function movingAddress(blueprint: Blueprint, host: Host): HostFile[] {
  return [
    rootFile("/etc/keepalived/keepalived.conf", keepalivedConf(blueprint, host)),
    unit("keepalived.service.d/bundler.conf", keepalivedDropIn()),
    settings("eip.json", { region: blueprint.region, name: `${blueprint.names.prefix}-edge`, master: masterPath }),
    program(__dirname, "bundler_eip.py"),
    unit("bundler-eip.service", eipService()),
  ];
}

function certificateSettings(blueprint: Blueprint): unknown {
  const { certificate } = blueprint.edge;
  return {
    region: blueprint.region,
    secret: `${blueprint.names.prefix}/edge-certificate`,
    path: certificatePath,
    domain: blueprint.domain,
    ...(certificate.source === "acme" ? { acme: { email: certificate.email, directory: certificate.directoryUrl, port: acmePort } } : {}),
  };
}
