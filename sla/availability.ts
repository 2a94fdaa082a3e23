import { secondsPerYear } from "./assumptions";
import type { JourneyName } from "./journeys";
import type { Model, ModelJourney, ModelPart, ModelService } from "./model";

/** What keeps a journey away. */
export const causes = [
  "too few machines left",
  "failovers",
  "failovers that need a person",
  "a common cause",
  "lost zones",
  "AWS's services",
  "lost regions",
] as const;

/** Seconds a year for which a journey is away, by what keeps it. */
export interface Away {
  cause: (typeof causes)[number];
  secondsPerYear: number;
}

export interface JourneyAvailability {
  availability: number;
  /** Times that come independently of each other. */
  away: Away[];
}

/** Availability of a journey in closed form. */
export function availabilityOf(model: Model, name: JourneyName): JourneyAvailability {
  const journey = model.journeys[name];
  const { machineFailuresPerYear, commonCauseShare, failoverSuccess, personSeconds, zoneFailuresPerYear, regionFailuresPerYear, regionOutageSeconds } =
    model.assumed;
  const failovers = (part: ModelPart): number => part.stops.machines * part.stops.share * independentFailures(model);
  const zones = new Set(journey.parts.flatMap((part) => part.zones)).size;
  const away: Away[] = [
    { cause: "too few machines left", secondsPerYear: (1 - enoughMachines(model, journey)) * secondsPerYear },
    { cause: "failovers", secondsPerYear: sum(journey.parts, (part) => failovers(part) * failoverSuccess * part.stops.seconds) },
    { cause: "failovers that need a person", secondsPerYear: sum(journey.parts, (part) => failovers(part) * (1 - failoverSuccess) * personSeconds) },
    { cause: "a common cause", secondsPerYear: journey.parts.length * machineFailuresPerYear * commonCauseShare * personSeconds },
    {
      cause: "lost zones",
      secondsPerYear: zones * zoneFailuresPerYear * (failoverSuccess * model.zoneSwitchSeconds + (1 - failoverSuccess) * personSeconds),
    },
    { cause: "AWS's services", secondsPerYear: sum(journey.services, (service) => serviceSeconds(model, service)) },
    { cause: "lost regions", secondsPerYear: regionFailuresPerYear * outageSeconds(model, regionOutageSeconds) },
  ];
  return { availability: away.reduce((left, one) => left * (1 - one.secondsPerYear / secondsPerYear), 1), away };
}

function independentFailures({ assumed }: Model): number {
  return assumed.machineFailuresPerYear * (1 - assumed.commonCauseShare);
}

function serviceSeconds(model: Model, { unavailability, regional }: ModelService): number {
  const { serviceOutageSeconds: length } = model.assumed;
  const perYear = (unavailability * secondsPerYear) / length;
  return perYear * (regional ? outageSeconds(model, length) : length);
}

/** What an outage of something in the first region costs: the switch to the second, where there is one and it goes as planned. */
function outageSeconds({ regionSwitchSeconds, assumed }: Model, length: number): number {
  if (regionSwitchSeconds === null) return length;
  return assumed.regionSwitchSuccess * Math.min(length, regionSwitchSeconds) + (1 - assumed.regionSwitchSuccess) * length;
}

/** Probability that every part has as many machines as it needs, zones and machines failing independently: over every state of the zones. */
function enoughMachines(model: Model, { parts }: ModelJourney): number {
  const zones = [...new Set(parts.flatMap((part) => part.zones))];
  const zoneUp = 1 - downPart(model.assumed.zoneFailuresPerYear, model.assumed.zoneOutageSeconds);
  let probability = 0;
  for (let state = 0; state < 2 ** zones.length; state += 1) {
    const up = zones.filter((_, index) => (state & (1 << index)) !== 0);
    const ofState = zoneUp ** up.length * (1 - zoneUp) ** (zones.length - up.length);
    probability += ofState * parts.reduce((all, part) => all * enoughOf(model, part, part.zones.filter((zone) => up.includes(zone)).length), 1);
  }
  return probability;
}

/** Probability that of a part's machines, as many of which are in zones that are up, enough are up (k of n). */
function enoughOf(model: Model, { needed, repairSeconds }: ModelPart, machines: number): number {
  const down = downPart(independentFailures(model), repairSeconds);
  let probability = 0;
  for (let up = needed; up <= machines; up += 1) probability += choose(machines, up) * (1 - down) ** up * down ** (machines - up);
  return probability;
}

/** Part of the time for which something is down that fails so often and is repaired so soon. */
function downPart(failuresPerYear: number, repairSeconds: number): number {
  return repairSeconds / (secondsPerYear / failuresPerYear + repairSeconds);
}

function choose(n: number, k: number): number {
  return Array.from({ length: k }, (_, index) => (n - index) / (index + 1)).reduce((product, one) => product * one, 1);
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
