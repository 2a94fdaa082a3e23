import type { Blueprint, Host } from "../../blueprint/types";
import { tls } from "./paths";

/** News of Patroni that is older than this counts as none. */
const freshSeconds = 1;

/** Settings of the program that tells data proxies whether this host has the primary. */
export function roleJson(blueprint: Blueprint, host: Host): string {
  const { restPort, role } = blueprint.database;
  const settings = {
    address: host.address,
    port: role.port,
    url: `https://${host.address}:${String(restPort)}/primary`,
    pollMilliseconds: role.pollMilliseconds,
    holdSeconds: role.holdSeconds,
    freshSeconds,
    tls,
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
