import { baseUsd, guideTables, guideUsd } from "../guide";
import { operationsUsd, returns, revenueUsdPerHour, type Rung } from "../roi";
import { dollars, table } from "./words";

/** Whether a level pays, at the guide's costs and at ours, which are asked for by the stack's name. */
export function returnsSection(ours: (stack: string) => number): string[] {
  const guide = returns(rungs(listed("Level 1, self-hosted"), listed("Level 2, managed, second table"), listed("Level 3, managed")));
  const own = returns(rungs(ours("level1-selfHosted"), ours("level2-managed"), ours("level3-managed")));
  const [single, first] = guide;
  const withPeople = ((operationsUsd.least + (first?.monthlyUsd ?? 0) - baseUsd) * 12) / ((single?.downHours ?? 0) - (first?.downHours ?? 0));
  const rows = (all: typeof guide): string[][] =>
    all.map(({ name, availability, downHours, lostUsd, monthlyUsd, step }) => [
      name,
      `${String(Number((availability * 100).toFixed(2)))} %`,
      downHours.toFixed(2),
      dollars(lostUsd),
      dollars(monthlyUsd),
      step === null ? "—" : dollars(step.savedUsd),
      step === null ? "—" : dollars(step.costUsd),
      step === null ? "—" : `${dollars(step.breakEvenUsdPerHour)} an hour`,
    ]);
  const heads = ["", "guide's target", "hours down a year", "lost a year", "cost a month", "step saves a year", "step costs a year", "pays from a revenue of"];
  return [
    "## Whether it pays",
    "",
    `With the guide's example, ${dollars(revenueUsdPerHour)} an hour. The guide gives each level the downtime of the next better one, and so every step looks as if it paid: a single node of 99.5 % is away for 43.8 h a year, not 8.76.`,
    "",
    "At the guide's costs:",
    "",
    ...table(heads, rows(guide)),
    "At ours (level 1 self-hosted, 2 and 3 managed):",
    "",
    ...table(heads, rows(own)),
    `People cost more than machines: the guide's ${dollars(operationsUsd.least)} to ${dollars(operationsUsd.most)} a month for a team that is on call are in no column. With the least of them at level 1, where one begins to need them, that step pays from ${dollars(withPeople)} an hour on.`,
    "",
  ];
}

/** The single node and the three levels, at the guide's targets. */
function rungs(...monthlyUsd: [number, number, number]): Rung[] {
  const targets = [0.999, 0.9995, 0.9999];
  return [
    { name: "single node", availability: 0.995, monthlyUsd: baseUsd },
    ...monthlyUsd.map((usd, index) => ({ name: `level ${String(index + 1)}`, availability: targets[index] ?? 0, monthlyUsd: usd })),
  ];
}

function listed(title: string): number {
  const found = guideTables.find((one) => one.title === title);
  if (found === undefined) throw new Error(`cost document: the guide has no table ${title}`);
  return guideUsd(found);
}
