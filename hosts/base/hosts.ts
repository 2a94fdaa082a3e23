import type { Blueprint } from "../../blueprint/types";
import { lines } from "../lines";

/** `/etc/hosts`: every host of the stack by name, so that nothing inside it waits for DNS. */
export function hostsFile(blueprint: Blueprint): string {
  return lines("127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback", ...blueprint.hosts.map((host) => `${host.address} ${host.name}`));
}
