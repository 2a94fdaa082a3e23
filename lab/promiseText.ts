import Table from "cli-table3";
import { assumptions } from "../sla/assumptions";
import type { Measured } from "../sla/evidence";
import { outside } from "../sla/journeys";
import { dataKinds } from "../sla/objectives";
import { lossNames, unpromised, type Kept, type Promised, type PromisedClass, type PromisedJourney } from "../sla/promised";
import { assumptionText, duration, percent } from "../sla/text";

const verdicts: Record<Kept, string> = { yes: "yes", no: "NO", notPromised: "not promised", noObjective: "—" };

/** Everything that a stack promises, on a page. */
export function promisePage(stack: string, promised: Promised): string {
  const { level, hosting, regions, classes, journeys, headline, cost } = promised;
  const { least, most } = headline.rtoSeconds;
  return `${[
    `Stack ${stack}: level ${String(level)}, ${hosting === "managed" ? "managed services" : "own hosts"}, ${regions.join(" and ")}.`,
    table(
      ["what fails", "clients wait at most", "objective", "measured, at most", "rests on", "may be lost", "kept"],
      classes.map((one) => [
        one.what,
        waited(one),
        duration(one.rto.objectiveSeconds),
        measuredText(one),
        one.rto.bases.join(", "),
        lost(one),
        verdicts[one.kept],
      ]),
    ),
    table(
      ["journey", "served", "away a year", "of which most", "guide", "kept", "by AWS's agreements alone"],
      journeys.map((one) => [
        one.what,
        percent(one.availability),
        duration(one.awayMinutesPerYear * 60),
        mostOf(one),
        percent(one.objective),
        verdicts[one.kept],
        percent(one.agreedAvailability),
      ]),
    ),
    cost === null
      ? "Cost: a price is not known; make cost says which."
      : `Cost: ${dollars(cost.monthlyUsd)} a month, ${dollars(cost.maximumMonthlyUsd)} with every group at its most, at the prices of ${cost.pricesAsOf} and the usual month of docs/cost.md.`,
    `The guide's pair: ${percent(headline.availability)}, back within ${least === most ? duration(most) : `${duration(least)} to ${duration(most)}`}, ${duration(headline.rpoSeconds)} lost. ${headline.differs}`,
    ["Not promised, and why:", ...notPromised(classes)].join("\n"),
    [
      "What it rests on: waits are summed from the timings that are rendered, with AWS's word for its own failovers; availability also on",
      ...Object.values(assumptions).map((one) => `  ${one.what}: ${assumptionText(one)}`),
      `Not counted: ${outside}`,
      "docs/promise.md says more; JSON=1 make promise has every wait with its basis.",
    ].join("\n"),
  ].join("\n\n")}\n`;
}

/** The same in a few lines, as `make up` ends. */
export function shortPromise(stack: string, promised: Pick<Promised, "classes" | "journeys" | "cost">): string {
  const { classes, journeys, cost } = promised;
  const least = journeys.reduce((lowest, one) => (one.availability < lowest.availability ? one : lowest));
  const command = stack === "level1" ? "make promise" : `make promise STACK=${stack}`;
  return [
    table(
      ["promised when this fails", "clients wait at most", "may be lost", "kept"],
      classes.map((one) => [one.what, waited(one), lost(one), verdicts[one.kept]]),
    ),
    `Every journey is served at least ${percent(least.availability)} of the time (${least.what})${cost === null ? "" : `; ${dollars(cost.monthlyUsd)} a month`}. ${command} has the whole page.`,
  ].join("\n");
}

function waited({ rto }: PromisedClass): string {
  return rto.boundSeconds === null ? "not promised" : duration(rto.boundSeconds);
}

function measuredText({ rto }: PromisedClass): string {
  const all = rto.recoveries.flatMap(({ measured }) => (measured === null ? [] : [measured]));
  if (all.length === 0) return "—";
  const worst = duration(Math.max(...all.map(({ worstSeconds }) => worstSeconds)));
  const trials = `${String(all.reduce((sum, one) => sum + one.trials, 0))} trials`;
  const parts: Record<Measured["of"], string> = { whole: worst, sinceNameMoved: `${worst} after AWS's part`, clientsOnly: `${worst} for clients, not jobs` };
  return `${parts[all[0]?.of ?? "whole"]}, ${trials}`;
}

function lost({ rpo }: PromisedClass): string {
  const ages = dataKinds.map((kind) => {
    const { boundSeconds } = rpo[kind];
    return { kind: lossNames[kind], age: boundSeconds === null ? "not promised" : duration(boundSeconds) };
  });
  const some = ages.filter(({ age }) => age !== duration(0));
  if (some.length === 0) return "nothing";
  return [...new Set(some.map(({ age }) => age))].map((age) => `${some.flatMap((one) => (one.age === age ? [one.kind] : [])).join(", ")}: ${age}`).join("; ");
}

function notPromised(classes: readonly PromisedClass[]): string[] {
  return unpromised(classes).map(({ what, of, why }) => `  ${what} (${of.join(", ")}): ${why}`);
}

function mostOf({ away }: PromisedJourney): string {
  const most = away.reduce((longest, one) => (one.minutesPerYear > longest.minutesPerYear ? one : longest));
  return `${most.cause}: ${duration(most.minutesPerYear * 60)}`;
}

function dollars(amount: number): string {
  return `$${String(Math.round(amount))}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}
