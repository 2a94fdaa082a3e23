import type { Plan } from "../blueprint";
import { assumptions } from "./assumptions";
import { outside } from "./journeys";
import { looseBounds } from "./looseBounds";
import { dataKinds, failureClasses, headlines, objectiveOf, type FailureClass } from "./objectives";
import { promiseOf } from "./promise";
import { lossNames, unpromised, type Kept, type Promised, type PromisedClass } from "./promised";
import { agreements, s3Design } from "./published";
import { assumptionText, duration, percent } from "./text";

const verdicts: Record<Kept, string> = { yes: "kept", no: "**broken**", notPromised: "not promised", noObjective: "—" };

/** `docs/promise.md`: objectives, what each stack promises for them, and what every number rests on. */
export function promiseDocument(plans: readonly Plan[]): string {
  const promises = plans.map((plan) => promiseOf(plan));
  const heads = promises.map(({ level, hosting }) => `level ${String(level)}, ${hosting}`);
  return [
    "# The promise",
    "",
    "Written from the stack files: do not edit (`npx tsx tests/sla/writePromise.ts`). `make promise STACK=level2` shows one stack's, beside what the drills measured; the export `promise` has it for programs.",
    "",
    "A stack says before it is deployed what it survives, for how long its clients wait, and what may be lost. Nothing of that is typed: it is computed from the blueprint that is rendered into the hosts (`sla/`), and held against objectives that know nothing of the blueprint.",
    "",
    "Every number says what it rests on:",
    "",
    "- `formula`: summed from timings that are rendered, or read in the source of the program that waits;",
    "- `published`: a vendor's word, mostly AWS's for its own failovers, at the longest of what it calls typical;",
    "- `drill`: measured in the lab (`docs/drills/`);",
    "- `assumption`: nobody publishes or has measured it. All of them are below.",
    "",
    "## Objectives",
    "",
    "One pair of times for a level cannot hold for a killed process and for a lost region. So there is an objective for each class of failures: until clients are served again, and the age of what may be lost of rows / jobs / objects that were acknowledged.",
    "",
    "They began with the audit of the guide. What was measured here made them shorter for the database (10 s instead of 45: witnesses end a dead primary's lease), Redis (5 s instead of 15) and a zone (a minute instead of five). Two became longer: with managed services clients follow a name, which takes 10 s more than AWS's failover; and a Redis primary that is cut off with clients on its side goes on taking jobs until it misses its replicas, so 5 s of jobs may be lost instead of one.",
    "",
    ...table(
      ["what fails", ...heads],
      (Object.keys(failureClasses) as FailureClass[]).map((failure) => [failureClasses[failure], ...promises.map((one) => objectiveText(one, failure))]),
    ),
    "## What each stack promises",
    "",
    "The longest time that clients wait, and whether the objective is kept. `not promised`: there is an objective, and nothing that is built bounds it.",
    "",
    ...table(
      ["what fails", ...heads],
      (Object.keys(failureClasses) as FailureClass[]).flatMap((failure) =>
        promises.every((one) => classOf(one, failure) === undefined)
          ? []
          : [[failureClasses[failure], ...promises.map((one) => promisedText(classOf(one, failure)))]],
      ),
    ),
    "`*`: one of its waits is an assumption. On AWS the times of own hosts contain EC2's for moving an address, which the lab answers at once. What a load balancer of AWS's does when one of its own machines is lost is in the availability of journeys. After a lost region bundles are posted later than clients are served: the plan starts the second region's workers when its database takes writes, and how long their machines take is not promised.",
    "",
    "### Not promised, and why",
    "",
    ...promises.flatMap((one, index) => [`**${heads[index] ?? ""}**`, "", ...reasons(one), ""]),
    "## Availability",
    "",
    "How much of the time each of the guide's journeys is served: computed from where machines stand (k of n over zones), how often each fails and how long the stack then takes. The same model is also lived through, event after event (`sla/simulation.ts`); a test holds that both agree within 8 % of the time away.",
    "",
    ...table(
      ["journey", ...heads],
      (promises[0]?.journeys ?? []).map(({ journey, what }) => [
        what,
        ...promises.map((one) => {
          const found = one.journeys.find((other) => other.journey === journey);
          return found === undefined ? "" : `${percent(found.availability)} (${duration(found.awayMinutesPerYear * 60)} a year)`;
        }),
      ]),
    ),
    "Of an upload's time away in a year:",
    "",
    ...table(
      ["cause", ...heads],
      (promises[0]?.journeys[1]?.away ?? []).map(({ cause }) => [
        cause,
        ...promises.map((one) => duration((one.journeys[1]?.away.find((other) => other.cause === cause)?.minutesPerYear ?? 0) * 60)),
      ]),
    ),
    "Within one region it is the region itself and AWS's services that keep the platform away, more than anything that it can fail over from. So level 2 buys room after a zone is lost and managed growth, not a better figure; only a second region buys that, as far as the switch goes well.",
    "",
    "All figures are of a year. A month's share of 99.99 % is 4.3 minutes, which one switch of regions takes by itself: whoever promises level 3 to clients promises it by the year.",
    "",
    "AWS's service level agreements say when AWS gives credits. If everything were as often away as they allow, with failovers that take no time:",
    "",
    ...table(
      ["journey", ...heads],
      (promises[0]?.journeys ?? []).map(({ journey, what }) => [
        what,
        ...promises.map((one) => percent(one.journeys.find((other) => other.journey === journey)?.agreedAvailability ?? 0)),
      ]),
    ),
    "S3's agreement alone (99.9 %) takes all that the guide's level 1 allows, so no contract with AWS backs the guide's figures at level 1 or 2.",
    "",
    "## The guide's figures",
    "",
    ...table(
      ["level", "availability", "back within", "lost", "why the objectives are others"],
      ([1, 2, 3] as const).map((level) => {
        const { availability, rtoSeconds, rpoSeconds, differs } = headlines[level];
        const { least, most } = rtoSeconds;
        return [
          String(level),
          percent(availability),
          least === most ? duration(most) : `${duration(least)} to ${duration(most)}`,
          duration(rpoSeconds),
          differs,
        ];
      }),
    ),
    "## Assumptions",
    "",
    ...table(
      ["what", "value", "why"],
      Object.values(assumptions).map(({ what, why, ...one }) => [what, assumptionText({ what, why, ...one }), why]),
    ),
    `Not counted: ${outside}`,
    "",
    "## Published figures",
    "",
    ...table(
      ["of", "figure", "looked up"],
      [...Object.values(agreements), s3Design].map(({ source, availability, date }) => [source, percent(availability), date]),
    ),
    "## Measured and promised",
    "",
    "A test holds every drill between: measured at most ≤ promised ≤ twice that. Where the bound is looser, or nearly so:",
    "",
    ...table(
      ["drill", "why its bound is looser"],
      Object.entries(looseBounds).map(([drill, why]) => [drill, why]),
    ),
    "Drills of own hosts ran on level 1's; level 2's hosts have the same files and were not booted. A drill of managed services begins when the service's name moves.",
    "",
  ].join("\n");
}

function objectiveText({ level, hosting }: Promised, failure: FailureClass): string {
  const objective = objectiveOf(level, hosting, failure);
  if (objective === undefined) return "—";
  const losses = dataKinds.map((kind) => (objective.rpoSeconds[kind] === 0 ? "0" : duration(objective.rpoSeconds[kind])));
  return `${duration(objective.rtoSeconds)}; ${losses.every((one) => one === "0") ? "0" : losses.join(" / ")}`;
}

function classOf(promised: Promised, failure: FailureClass): PromisedClass | undefined {
  return promised.classes.find((one) => one.class === failure);
}

function promisedText(promised: PromisedClass | undefined): string {
  if (promised === undefined) return "—";
  const { rto, kept } = promised;
  if (rto.boundSeconds === null) return verdicts[rto.kept];
  return `${duration(rto.boundSeconds)}${rto.bases.includes("assumption") ? " *" : ""}${kept === "yes" ? "" : `; ${lossVerdict(promised)}`}`;
}

function lossVerdict({ rto, rpo }: PromisedClass): string {
  if (rto.kept !== "yes") return verdicts[rto.kept];
  return dataKinds.flatMap((kind) => (rpo[kind].kept === "yes" ? [] : [`lost ${lossNames[kind]}: ${verdicts[rpo[kind].kept]}`])).join(", ");
}

function reasons({ classes }: Promised): string[] {
  return unpromised(classes).map(({ what, of, why }) => `- ${what} (${of.join(", ")}): ${why}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows.map((row) => `| ${row.join(" | ")} |`), ""];
}
