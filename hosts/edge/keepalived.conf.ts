import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { lines } from "../lines";
import { aliveUrl } from "./haproxy.cfg";
import { vrrpPipePath } from "./paths";

/** keepalived wants an address to move; the one that counts is the Elastic IP, so this one is on loopback and reached by nobody. */
const markerAddress = "169.254.51.51/32";

/** `/etc/keepalived/keepalived.conf`: unicast VRRP v3 between the edge hosts. */
export function keepalivedConf(blueprint: SelfHostedBlueprint, host: Host): string {
  const { vrrp } = blueprint.edge;
  const peers = hostsOf(blueprint, "edge").filter((peer) => peer.name !== host.name);
  return lines(
    "global_defs {",
    `    router_id ${host.name}`,
    "    vrrp_version 3",
    "    enable_script_security",
    "    script_user root",
    // In order, which its scripts are not: it starts them beside each other.
    `    vrrp_notify_fifo ${vrrpPipePath}`,
    "}",
    "",
    "vrrp_script haproxy {",
    // Asked, not only looked for: a HAProxy that hangs is there and serves nobody.
    `    script "/usr/bin/curl --silent --fail --max-time ${String(vrrp.scriptIntervalSeconds)} --output /dev/null ${aliveUrl}"`,
    `    interval ${String(vrrp.scriptIntervalSeconds)}`,
    `    fall ${String(vrrp.scriptFall)}`,
    "    rise 1",
    "}",
    "",
    "vrrp_instance edge {",
    // Both begin as backup and the first one keeps it: a host that comes back takes nothing away.
    "    state BACKUP",
    "    nopreempt",
    // VRRP is unicast, so no interface is named: its name differs between machines.
    `    unicast_src_ip ${host.address}`,
    "    unicast_peer {",
    peers.map((peer) => `        ${peer.address}`),
    "    }",
    `    virtual_router_id ${String(vrrp.routerId)}`,
    `    priority ${String(150 - host.index)}`,
    `    advert_int ${String(vrrp.advertSeconds)}`,
    "    virtual_ipaddress {",
    `        ${markerAddress} dev lo`,
    "    }",
    "    track_script {",
    "        haproxy",
    "    }",
    "}",
  );
}
