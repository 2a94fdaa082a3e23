import type { Plan } from "../blueprint";
import { agreedAvailability } from "./agreements";
import { secondsPerYear } from "./assumptions";
import { availabilityOf } from "./availability";
import { measuredOf, type Evidence } from "./evidence";
import type { Basis, Figure } from "./figure";
import { journeys, type JourneyName } from "./journeys";
import { lossOf } from "./loss";
import { modelOf } from "./model";
import { dataKinds, failureClasses, headlines, objectiveOf, type FailureClass } from "./objectives";
import type { Judged, Kept, Promised, PromisedClass, PromisedCost, PromisedJourney } from "./promised";
import { concerns, recoveryOf, type Recovery } from "./rto";

/** What a plan promises, computed from the plan; measured figures and the cost are handed in. */
export function promiseOf(plan: Plan, given: { evidence?: readonly Evidence[]; cost?: PromisedCost | null } = {}): Promised {
  const { level, hosting } = plan.primary;
  const { evidence = [], cost = null } = given;
  return {
    level,
    hosting,
    regions: [plan.primary.region, ...(plan.standby === null ? [] : [plan.standby.region])],
    classes: classesOf(plan, evidence),
    journeys: journeysOf(plan),
    headline: headlines[level],
    cost,
  };
}

function classesOf(plan: Plan, evidence: readonly Evidence[]): PromisedClass[] {
  const { level, hosting } = plan.primary;
  return (Object.keys(failureClasses) as FailureClass[]).flatMap((failure) => {
    const objective = objectiveOf(level, hosting, failure);
    if (objective === undefined || !concerns(plan, failure)) return [];
    const recovery = recoveryOf(plan, failure);
    const loss = lossOf(plan, failure);
    const rto = judged(objective.rtoSeconds, recovery.seconds, sourceOf(recovery));
    const rpo = Object.fromEntries(dataKinds.map((kind) => [kind, lossJudged(objective.rpoSeconds[kind], loss[kind])])) as PromisedClass["rpo"];
    const recoveries = recovery.failures.map(({ failure: name, bound }) => ({
      failure: name,
      seconds: bound.seconds,
      waits: bound.waits.map(({ what, seconds, basis }) => ({ what, seconds: rounded(seconds), basis: basis ?? ("formula" as const) })),
      measured: measuredOf(evidence, hosting, name),
    }));
    return [
      {
        class: failure,
        what: failureClasses[failure],
        kept: worst([rto.kept, ...dataKinds.map((kind) => rpo[kind].kept)]),
        rto: { ...rto, bases: [...new Set(recoveries.flatMap(({ waits }) => waits.map(({ basis }) => basis)))], recoveries },
        rpo,
      },
    ];
  });
}

function journeysOf(plan: Plan): PromisedJourney[] {
  const model = modelOf(plan);
  const objective = headlines[plan.primary.level].availability;
  return (Object.keys(journeys) as JourneyName[]).map((journey) => {
    const { availability, away } = availabilityOf(model, journey);
    return {
      journey,
      what: journeys[journey].what,
      availability: millionths(availability),
      awayMinutesPerYear: rounded(((1 - availability) * secondsPerYear) / 60),
      away: away.map(({ cause, secondsPerYear: seconds }) => ({ cause, minutesPerYear: rounded(seconds / 60) })),
      agreedAvailability: millionths(agreedAvailability(plan, journey)),
      objective,
      kept: availability >= objective ? "yes" : "no",
    };
  });
}

function judged(objectiveSeconds: number | null, boundSeconds: number | null, source: string): Judged {
  return { objectiveSeconds, boundSeconds, kept: keptOf(objectiveSeconds, boundSeconds), source };
}

function lossJudged(objectiveSeconds: number | null, { seconds, basis, source }: Figure): Judged & { basis: Basis | null } {
  return { ...judged(objectiveSeconds, seconds, source), basis };
}

function keptOf(objective: number | null, bound: number | null): Kept {
  if (objective === null) return "noObjective";
  if (bound === null) return "notPromised";
  return bound <= objective ? "yes" : "no";
}

/** Of a class: broken if anything is, not promised if anything is not, and what has no objective does not count. */
function worst(all: readonly Kept[]): Kept {
  return (["no", "notPromised", "yes"] as const).find((one) => all.includes(one)) ?? "noObjective";
}

function sourceOf(recovery: Recovery): string {
  if (recovery.seconds === null) return recovery.why;
  const longest = recovery.failures.find(({ bound }) => bound.seconds === recovery.seconds);
  return `${longest?.failure ?? ""}: ${longest?.bound.waits.map(({ what, seconds }) => `${what} ${String(rounded(seconds))}`).join(" + ") ?? ""}`;
}

function millionths(part: number): number {
  return Math.round(part * 1_000_000) / 1_000_000;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
