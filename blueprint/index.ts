import { standbySettings } from "../config/sites";
import type { Settings } from "../config/settings";
import { hostingsOf } from "./beside";
import { makeFlows } from "./flows";
import { makeHosts } from "./hosts";
import { makeFormerDatabase, makeManagedDatabase } from "./managed/database";
import { makeManagedEdge } from "./managed/edge";
import { makeManagedFlows } from "./managed/flows";
import { makeGroups } from "./managed/groups";
import { internalZone } from "./managed/names";
import { makeManagedRedis } from "./managed/redis";
import { bucketNames, namePrefix, sharedPrefix } from "./names";
import { makeNetwork } from "./network";
import { makeObjects } from "./objects";
import { makeProcesses } from "./processes";
import { makeProxy } from "./proxy";
import { routes } from "./routes";
import { makeDatabase } from "./selfHosted/database";
import { makeEdge } from "./selfHosted/edge";
import { makeEtcd, makeRedis } from "./selfHosted/redis";
import { singleton } from "./singleton";
import type { Blueprint, ManagedBlueprint } from "./types";

/** A stack's regions: one, and at level 3 a second that waits. */
export interface Plan {
  primary: Blueprint;
  standby: ManagedBlueprint | null;
}

/** What should exist in each region. Pure: the same settings give the same plan. */
export function makePlan(settings: Settings): Plan {
  const standby = standbySettings(settings);
  const second = standby === null ? null : makeBlueprint(standby);
  if (second !== null && second.hosting !== "managed")
    throw new Error("level 3: given hosting selfHosted, needed managed; parse settings before making a plan");
  return { primary: makeBlueprint(settings), standby: second };
}

/** What should exist in one region, computed from settings that `parseSettings` accepted. Pure: the same settings give the same blueprint. */
export function makeBlueprint(settings: Settings): Blueprint {
  const { used, beside } = hostingsOf(settings);
  return { ...ofOneHosting(used), beside: beside === null ? null : ofOneHosting(beside) };
}

function ofOneHosting(settings: Settings): Blueprint {
  const network = makeNetwork(settings);
  const processes = makeProcesses(settings);
  const common = {
    stack: settings.stack,
    site: settings.site,
    level: settings.level,
    region: settings.region,
    domain: settings.domain,
    names: { prefix: namePrefix(settings) },
    image: { ami: settings.ami, debianRelease: "trixie" },
    artifacts: {
      release: { url: settings.releaseUrl, sha256: settings.releaseSha256.toLowerCase() },
      node: { url: settings.nodeUrl, sha256: settings.nodeSha256.toLowerCase() },
    },
    network,
    routes: [...routes],
    processes,
    objects: makeObjects(settings),
    proxy: makeProxy(settings, processes),
    singleton,
    // Bundles become permanent only if something asks for their verification (app-contract §7.3). A group's size follows its backlog within a minute.
    timers: { verifyBundleMinutes: 60, backlogSeconds: 30 },
    secrets: {
      recoveryWindowDays: settings.secretRecoveryWindowDays,
      prefix: sharedPrefix(settings),
      replicaRegion: settings.site === "primary" && settings.level === 3 ? settings.standbyRegion : null,
    },
    deletionProtection: settings.deletionProtection,
    hostingMayChange: settings.hostingMove === "copy",
    beside: null,
  };
  if (settings.hosting === "managed")
    return {
      ...common,
      hosting: "managed",
      hosts: [],
      groups: makeGroups(settings, processes),
      flows: makeManagedFlows(),
      // As long as AWS's own answers for a database's endpoint: a resolver asks again after it.
      internalZone: { name: internalZone(settings), ttlSeconds: 5 },
      programs: { bucket: bucketNames(settings).programs },
      database: makeManagedDatabase(settings, network.zones),
      former: makeFormerDatabase(settings, network.zones),
      redis: makeManagedRedis(settings),
      edge: makeManagedEdge(settings),
    };
  return {
    ...common,
    hosting: "selfHosted",
    hosts: makeHosts(settings, network.zones, processes),
    groups: [],
    flows: makeFlows(settings),
    database: makeDatabase(settings),
    redis: makeRedis(settings),
    etcd: makeEtcd(),
    edge: makeEdge(settings),
  };
}
