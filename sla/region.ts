import type { Plan } from "../blueprint";
import { lagAlarm } from "../blueprint/managed/regions";
import type { Blueprint, ManagedBlueprint } from "../blueprint/types";
import { assumptions } from "./assumptions";
import { nameFollowed } from "./managed";
import { boundOf, type Bound, type Wait } from "./recovery";

/** An alias record of a load balancer is kept this long (Route 53 FAQ), whatever the record says. */
const aliasTtlSeconds = 60;

/** What has to happen side by side before the second region serves; null when the plan has none that can. */
export function regionBounds({ primary, standby }: Plan): { failure: string; bound: Bound }[] | null {
  if (standby === null || !followsGlobally(primary) || !followsGlobally(standby)) return null;
  const clients = clientsMove(primary);
  return clients === null
    ? null
    : [
        { failure: "region-lost: clients reach the second region", bound: boundOf(clients) },
        { failure: "region-lost: the second region takes writes", bound: boundOf(writesMove(standby)) },
      ];
}

/** Whether a region's database is one over both regions. */
export function followsGlobally(blueprint: Blueprint): blueprint is ManagedBlueprint {
  return blueprint.hosting === "managed" && blueprint.database.global !== null;
}

function clientsMove({ edge }: ManagedBlueprint): Wait[] | null {
  if (edge.failover === null) return null;
  const { traffic, requestIntervalSeconds, failureThreshold } = edge.failover;
  const noticed: Wait = { what: "health checks of the first region fail", seconds: requestIntervalSeconds * failureThreshold };
  return traffic === "route53" ? [noticed, { what: "resolvers forget its address", seconds: aliasTtlSeconds, basis: "published" }] : [noticed];
}

function writesMove({ internalZone }: ManagedBlueprint): Wait[] {
  return [
    { what: "the alarm of the database's lag rings, which also misses a database that says nothing", seconds: lagAlarm.periodSeconds * lagAlarm.periods },
    { what: "a person approves the switch", seconds: assumptions.decisionSeconds.value, basis: "assumption" },
    { what: "the second region's database becomes the writer", seconds: assumptions.globalFailoverSeconds.value, basis: "assumption" },
    ...nameFollowed(internalZone.ttlSeconds),
  ];
}
