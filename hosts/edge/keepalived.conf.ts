import type { Blueprint, Host } from "../../blueprint/types";
import { hostsOf } from "../dataMount";
import { lines, section } from "../lines";
import { edgeHealthPath, masterPath } from "./paths";

/** VRRP demands an address. This one leads nowhere: on AWS it is the Elastic IP that moves, by `bundler_eip.py`. */
const markerAddress = "169.254.64.1/32 dev lo";

const gone = `/usr/bin/rm -f ${masterPath}`;

/**
 * Who is master, over unicast: a VPC carries no multicast. No host preempts, so that a host that comes back moves nothing.
 * keepalived watches the HAProxy process, and asks it, since a process may live and not answer.
 */
export function keepalivedConf(blueprint: Blueprint, host: Host): string {
  const { vrrp } = blueprint.edge;
  const peers = hostsOf(blueprint, "edge").filter((one) => one.name !== host.name);
  return lines(
    section(
      "global_defs {",
      `router_id ${host.name}`,
      "vrrp_version 3",
      "enable_script_security",
      "script_user root",
      // An advert that is late because the host is busy looks like a lost host.
      "vrrp_rt_priority 10",
    ),
    "}",
    section("vrrp_track_process haproxy {", "process haproxy"),
    "}",
    section(
      "vrrp_script haproxy {",
      `script "/usr/bin/curl --silent --fail --max-time 1 --output /dev/null http://127.0.0.1${edgeHealthPath}"`,
      `interval ${String(vrrp.scriptIntervalSeconds)}`,
      "timeout 2",
      `fall ${String(vrrp.scriptFall)}`,
      "rise 2",
      "user nobody",
    ),
    "}",
    section(
      "vrrp_instance edge {",
      "state BACKUP",
      "nopreempt",
      `virtual_router_id ${String(vrrp.routerId)}`,
      `priority ${String(200 - host.index)}`,
      `advert_int ${String(vrrp.advertSeconds)}`,
      `unicast_src_ip ${host.address}`,
      section("unicast_peer {", ...peers.map((peer) => peer.address)),
      "}",
      section("virtual_ipaddress {", markerAddress),
      "}",
      section("track_process {", "haproxy"),
      "}",
      section("track_script {", "haproxy"),
      "}",
      `notify_master "/usr/bin/touch ${masterPath}"`,
      `notify_backup "${gone}"`,
      `notify_fault "${gone}"`,
      `notify_stop "${gone}"`,
    ),
    "}",
  ).replace(/\n\s*\n(\s*\})/g, "\n$1");
}
