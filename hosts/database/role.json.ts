import type { SelfHostedBlueprint, Host } from "../../blueprint/types";
import { dataMount } from "../dataMount";
import { passwordVariable } from "./database.json";
import { memberName } from "./member";
import { openMark, stoppingMark, tls, versionDirectory } from "./paths";
import { restUser } from "./roles";

/** News of Patroni that is older than this counts as none. */
const freshSeconds = 1;

/** Settings of the program that tells data proxies whether this host has the primary. */
export function roleJson(blueprint: SelfHostedBlueprint, host: Host): string {
  const { pair } = blueprint;
  const { restPort, role } = blueprint.database;
  const rest = `https://${host.address}:${String(restPort)}`;
  const settings = {
    address: host.address,
    directory: dataMount(host),
    port: role.port,
    url: `${rest}/primary`,
    pollMilliseconds: role.pollMilliseconds,
    holdSeconds: role.holdSeconds,
    freshSeconds,
    stoppingMark,
    // Below level 3 nothing is said of writes, and a region reads from its primary.
    ...(pair === null ? {} : { openMark, reader: { port: pair.readerPort, url: `${rest}/standby-leader` } }),
    tls,
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}

/** Share of the data volume below which the primary is handed over: room for the writes of some minutes, and for an orderly stop. */
const leastRoomShare = 0.02;

/** What PostgreSQL needs to stop in good order: a checkpoint, and the segments of its log. */
const reserveBytes = 512 * 1024 ** 2;

/** Settings of the program that hands the primary over when its volume is nearly full. */
export function roomJson(blueprint: SelfHostedBlueprint, host: Host): string {
  const { restPort, role } = blueprint.database;
  const settings = {
    name: memberName(blueprint, host),
    directory: dataMount(host),
    lookSeconds: blueprint.database.roomLookSeconds,
    leastShare: leastRoomShare,
    reserve: `${versionDirectory(host, blueprint.database.version)}/reserve`,
    reserveBytes,
    rest: { url: `https://${host.address}:${String(restPort)}`, user: restUser, passwordVariable: passwordVariable("rest") },
    rolePort: role.port,
    tls,
  };
  return `${JSON.stringify(settings, null, 1)}\n`;
}
