import type { Plan } from "../blueprint";
import { lagAlarm } from "../blueprint/regions";
import type { Blueprint, ManagedBlueprint } from "../blueprint/types";
import { assumptions } from "./assumptions";
import { nameFollowed } from "./managed";
import { followsAsStandbyCluster, ownWritesMove } from "./ownRegion";
import { boundOf, type Bound, type Wait } from "./recovery";

/** An alias record of a load balancer is kept this long (Route 53 FAQ), whatever the record says. */
const aliasTtlSeconds = 60;

/** What has to happen side by side before the second region serves; null when the plan has none that can. */
export function regionBounds(plan: Plan): { failure: string; bound: Bound }[] | null {
  const [clients, writes] = [clientsMove(plan.primary), writesMove(plan)];
  return clients === null || writes === null
    ? null
    : [
        { failure: "region-lost: clients reach the second region", bound: boundOf(clients) },
        { failure: "region-lost: the second region takes writes", bound: boundOf(writes) },
      ];
}

/** Whether a region's database is one over both regions. */
export function followsGlobally(blueprint: Blueprint): blueprint is ManagedBlueprint {
  return blueprint.hosting === "managed" && blueprint.database.global !== null;
}

function clientsMove({ edge: { failover } }: Blueprint): Wait[] | null {
  if (failover === null) return null;
  const noticed: Wait = { what: "health checks of the first region fail", seconds: failover.requestIntervalSeconds * failover.failureThreshold };
  if (failover.traffic !== "route53") return [noticed];
  const forget = "resolvers forget its address";
  return "recordTtlSeconds" in failover
    ? [noticed, { what: forget, seconds: failover.recordTtlSeconds }]
    : [noticed, { what: forget, seconds: aliasTtlSeconds, basis: "published" }];
}

function writesMove({ primary, standby }: Plan): Wait[] | null {
  if (standby === null) return null;
  if (followsGlobally(primary) && followsGlobally(standby)) return managedWritesMove(standby);
  return followsAsStandbyCluster(primary) && followsAsStandbyCluster(standby) ? ownWritesMove(standby) : null;
}

function managedWritesMove({ internalZone }: ManagedBlueprint): Wait[] {
  return [
    { what: "the alarm of the database's lag rings, which also misses a database that says nothing", seconds: lagAlarm.periodSeconds * lagAlarm.periods },
    { what: "a person approves the switch", seconds: assumptions.decisionSeconds.value, basis: "assumption" },
    { what: "the second region's database becomes the writer", seconds: assumptions.globalFailoverSeconds.value, basis: "assumption" },
    ...nameFollowed(internalZone.ttlSeconds),
  ];
}
