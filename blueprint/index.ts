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
import { makePair } from "./selfHosted/pair";
import { makeEtcd, makeRedis } from "./selfHosted/redis";
import { singleton } from "./singleton";
import type { Blueprint, CommonBlueprint, ManagedBlueprint, SelfHostedBlueprint } from "./types";

/** A stack's regions: one, and at level 3 a second that waits. */
export interface Plan {
  primary: Blueprint;
  standby: Blueprint | null;
}

/** What should exist in each region. Pure: the same settings give the same plan. */
export function makePlan(settings: Settings): Plan {
  const { used, beside: other } = hostingsOf(settings);
  const beside = other === null ? null : ofOneHosting(other);
  const standby = standbySettings(used);
  if (used.hosting === "managed") return { primary: { ...makeManaged(used), beside }, standby: standby === null ? null : makeManaged(standby) };
  return { primary: { ...makeOwn(used, standby), beside }, standby: standby === null ? null : makeOwn(standby, used) };
}

/** The hosting whose stores stand beside those in use, which only a stack of one region has. */
function ofOneHosting(settings: Settings): Blueprint {
  return settings.hosting === "managed" ? makeManaged(settings) : makeOwn(settings, null);
}

/** What should exist in a stack's first region, computed from settings that `parseSettings` accepted. Pure: the same settings give the same blueprint. */
export function makeBlueprint(settings: Settings): Blueprint {
  return makePlan(settings).primary;
}

/** What every hosting has. */
function makeCommon(settings: Settings): CommonBlueprint {
  const network = makeNetwork(settings);
  const processes = makeProcesses(settings);
  return {
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
    hosts: [],
    groups: [],
    flows: [],
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
}

function makeManaged(settings: Settings): ManagedBlueprint {
  const common = makeCommon(settings);
  const { zones } = common.network;
  return {
    ...common,
    hosting: "managed",
    groups: makeGroups(settings, common.processes),
    flows: makeManagedFlows(),
    // As long as AWS's own answers for a database's endpoint: a resolver asks again after it.
    internalZone: { name: internalZone(settings), ttlSeconds: 5 },
    programs: { bucket: bucketNames(settings).programs },
    database: makeManagedDatabase(settings, zones),
    former: makeFormerDatabase(settings, zones),
    redis: makeManagedRedis(settings),
    edge: makeManagedEdge(settings),
  };
}

/** `other`: settings of the stack's other region; null where there is none. */
function makeOwn(settings: Settings, other: Settings | null): SelfHostedBlueprint {
  const common = makeCommon(settings);
  return {
    ...common,
    hosting: "selfHosted",
    hosts: makeHosts(settings, common.network.zones, common.processes),
    flows: makeFlows(settings),
    pair: makePair(other, common.processes),
    database: makeDatabase(settings),
    redis: makeRedis(settings),
    etcd: makeEtcd(),
    edge: makeEdge(settings),
  };
}
