import type { Plan } from "../blueprint";
import { assumed, type Assumed } from "./assumptions";
import { journeys, type JourneyName } from "./journeys";
import type { FailureClass } from "./objectives";
import { partsOf, type Part, type PartName } from "./placement";
import { agreements, s3Design, type Published } from "./published";
import { recoveryOf } from "./rto";

/** Machines that stand for each other, and what the loss of one of them means. */
export interface ModelPart extends Part {
  repairSeconds: number;
  /** How many of its machines, when lost, stop it; for how long, and for which share of its requests. */
  stops: { machines: number; seconds: number; share: number };
}

/** What AWS runs as one. */
export interface ModelService {
  name: string;
  unavailability: number;
  /** Whether it is another one in the second region. */
  regional: boolean;
}

/** What a journey passes. */
export interface ModelJourney {
  parts: ModelPart[];
  services: ModelService[];
}

/** What both computations of availability begin with: where things stand, and how long each failure takes. */
export interface Model {
  journeys: Record<JourneyName, ModelJourney>;
  /** How long the loss of any zone in which a journey has a machine stops it. */
  zoneSwitchSeconds: number;
  /** How long the second region takes to serve; null without one. */
  regionSwitchSeconds: number | null;
  assumed: Assumed;
}

const classOf: Record<PartName, FailureClass> = {
  edge: "edgeHost",
  api: "apiHost",
  worker: "workerHost",
  database: "databasePrimary",
  cache: "redisPrimary",
  queues: "redisPrimary",
  objects: "objectsHost",
};

/** The model of a plan. */
export function modelOf(plan: Plan): Model {
  const numbers = assumed();
  const parts = partsOf(plan.primary).map((part) => modelPart(plan, part, numbers));
  const stops = parts.map((part) => part.stops.seconds);
  return {
    journeys: Object.fromEntries(
      Object.entries(journeys).map(([name, { needs }]) => [
        name,
        { parts: parts.filter(({ name: part }) => (needs as readonly PartName[]).includes(part)), services: servicesOf(plan, needs) },
      ]),
    ) as Record<JourneyName, ModelJourney>,
    zoneSwitchSeconds: recoveryOf(plan, "zone").seconds ?? Math.max(...stops),
    regionSwitchSeconds: recoveryOf(plan, "region").seconds,
    assumed: numbers,
  };
}

function modelPart(plan: Plan, part: Part, { personSeconds, ownRepairSeconds, managedRepairSeconds }: Assumed): ModelPart {
  const { primary } = plan;
  const seconds = recoveryOf(plan, classOf[part.name]).seconds ?? personSeconds;
  const own = primary.hosting === "selfHosted";
  return {
    ...part,
    repairSeconds: own ? ownRepairSeconds : managedRepairSeconds,
    stops: { ...stopsOf(part, own && primary.edge.kind === "keepalived", own), seconds },
  };
}

/** Whose loss is felt: of those that share the work every one, by its own clients; of those that stand behind one that works, that one. */
function stopsOf({ name, zones }: Part, oneAddress: boolean, own: boolean): { machines: number; share: number } {
  const count = zones.length;
  switch (name) {
    case "api":
    case "worker":
      return { machines: count, share: 1 / count };
    case "edge":
      return oneAddress ? { machines: 1, share: 1 } : { machines: count, share: 1 / count };
    case "database":
      // Of own hosts the synchronous standby too: nothing is acknowledged until another stands in.
      return { machines: own ? Math.min(2, count) : 1, share: 1 };
    case "cache":
    case "queues":
      return { machines: 1, share: 1 };
    case "objects":
      // MinIO's requests wait for a lost host, whichever it is.
      return { machines: count, share: 1 };
  }
}

function servicesOf({ primary, standby }: Plan, needs: readonly PartName[]): ModelService[] {
  const balanced = primary.hosting === "managed" || primary.edge.kind === "nlb";
  const accelerated = standby !== null && primary.hosting === "managed" && primary.edge.failover?.traffic === "globalAccelerator";
  const service = (name: string, { availability }: Published, regional = true): ModelService => ({ name, unavailability: 1 - availability, regional });
  return [
    ...(needs.includes("edge") && balanced ? [service("load balancer", agreements.loadBalancer)] : []),
    ...(needs.includes("edge") && accelerated ? [service("global accelerator", agreements.globalAccelerator, false)] : []),
    ...(needs.includes("objects") && primary.objects.kind === "s3" ? [service("S3", s3Design)] : []),
  ];
}
