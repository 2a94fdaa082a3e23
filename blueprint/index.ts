import type { Settings } from "../config/settings";
import { makeDatabase } from "./database";
import { makeEdge } from "./edge";
import { makeFlows } from "./flows";
import { makeHosts } from "./hosts";
import { namePrefix } from "./names";
import { makeNetwork } from "./network";
import { makeObjects } from "./objects";
import { makeProcesses } from "./processes";
import { makeProxy } from "./proxy";
import { makeEtcd, makeRedis } from "./redis";
import { routes } from "./routes";
import { singleton } from "./singleton";
import type { Blueprint } from "./types";

/** What should exist, computed from settings that `parseSettings` accepted. Pure: the same settings give the same blueprint. */
export function makeBlueprint(settings: Settings): Blueprint {
  const network = makeNetwork(settings);
  const processes = makeProcesses(settings);
  return {
    stack: settings.stack,
    level: settings.level,
    hosting: settings.hosting,
    region: settings.region,
    domain: settings.domain,
    names: { prefix: namePrefix(settings) },
    image: { ami: settings.ami, debianRelease: "trixie" },
    artifacts: {
      release: { url: settings.releaseUrl, sha256: settings.releaseSha256.toLowerCase() },
      node: { url: settings.nodeUrl, sha256: settings.nodeSha256.toLowerCase() },
    },
    network,
    hosts: makeHosts(settings, network.zones, processes),
    flows: makeFlows(settings),
    routes: [...routes],
    processes,
    database: makeDatabase(settings),
    redis: makeRedis(settings),
    etcd: makeEtcd(),
    objects: makeObjects(settings),
    edge: makeEdge(settings),
    proxy: makeProxy(settings, processes),
    singleton,
    // Bundles become permanent only if something asks for their verification (app-contract §7.3).
    timers: { verifyBundleMinutes: 60 },
    secrets: { recoveryWindowDays: settings.secretRecoveryWindowDays },
    deletionProtection: settings.deletionProtection,
  };
}
