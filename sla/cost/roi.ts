/** Hours of a year, as the guide counts them. */
const hoursOfYear = 8760;

/** What the guide takes an hour to bring in. */
export const revenueUsdPerHour = 1000;

/** What the guide's team costs a month: an engineer, an on-call rota, training, incidents. */
export const operationsUsd = { least: 10_000 + 5_000 + 2_000 + 1_500, most: 15_000 + 5_000 + 2_000 + 3_000 };

/** A step of availability and what it costs. */
export interface Rung {
  name: string;
  /** Part of the time that it serves: the guide's own target. */
  availability: number;
  monthlyUsd: number;
}

export interface Return extends Rung {
  downHours: number;
  lostUsd: number;
  /** Against the rung below, in a year; null for the lowest. */
  step: null | {
    costUsd: number;
    savedUsd: number;
    /** Revenue of an hour from which the step pays for itself. */
    breakEvenUsdPerHour: number;
  };
}

/** What each rung costs and saves against the one below. Corrects the guide, which gives each level the downtime of the next (audit A81). */
export function returns(rungs: readonly Rung[]): Return[] {
  const downHours = (availability: number): number => (1 - availability) * hoursOfYear;
  return rungs.map((rung, index) => {
    const below = rungs[index - 1];
    const down = downHours(rung.availability);
    if (below === undefined) return { ...rung, downHours: down, lostUsd: down * revenueUsdPerHour, step: null };
    const savedHours = downHours(below.availability) - down;
    const costUsd = (rung.monthlyUsd - below.monthlyUsd) * 12;
    return {
      ...rung,
      downHours: down,
      lostUsd: down * revenueUsdPerHour,
      step: { costUsd, savedUsd: savedHours * revenueUsdPerHour, breakEvenUsdPerHour: costUsd / savedHours },
    };
  });
}
