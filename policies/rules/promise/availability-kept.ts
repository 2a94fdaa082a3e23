import { promiseOf } from "../../../sla/promise";
import { planOf } from "../../plan";
import { rule } from "../../rule";

export const availabilityKept = rule({
  name: "availability-kept",
  group: "promise",
  description: "every journey is served for at least the part of the year that its level says",
  why: "Each part in series takes its share of the year; one without redundancy can take all of it.",
  judge: (stack) =>
    promiseOf(planOf(stack))
      .journeys.filter(({ kept }) => kept !== "yes")
      .map(({ what, availability, objective, away }) => {
        const [most] = [...away].sort((one, other) => other.minutesPerYear - one.minutesPerYear);
        return {
          urn: null,
          promised: `${what}: ${percent(objective)} of the year`,
          found: `${percent(availability)}; most of it, ${String(most?.minutesPerYear ?? 0)} minutes a year, is away by: ${most?.cause ?? "nothing"}`,
          fix: "give that part another machine or zone",
        };
      }),
});

function percent(part: number): string {
  return `${String(Math.round(part * 10_000_000) / 100_000)} %`;
}
