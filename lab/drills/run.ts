import { setTimeout as sleep } from "node:timers/promises";
import type { Blueprint } from "../../blueprint/types";
import { recoveryBound } from "../../sla/recovery";
import { untilWhole, type Say } from "../hosts/boot";
import type { HostLab } from "../hosts/lab";
import { accountFor, faultsSince, faultsSoFar, jobsOpen, sum, type Account, type Faults } from "../load/account";
import type { Load } from "../load/load";
import { acknowledged, type Rates, type Sent } from "../load/plan";
import { attended, type Attended } from "./attended";
import type { Allowed, Drill } from "./drill";
import { Unmeasurable } from "./machine";
import { seen, type Seen, type Window } from "./measure";
import type { TrialRecord } from "./results";
import { Trial } from "./trial";

/** Longest that a platform takes to be whole before a trial, and after its repair. */
const wholeMilliseconds = 400_000;
/** Undisturbed time before the failure, for the picture and to see that clients are served. */
const quietMilliseconds = 4000;
/** A job's lock and the next look for stalled ones are a minute, its attempts some more. */
const drainMilliseconds = 240_000;
const drainLookMilliseconds = 1000;
const sayMilliseconds = 15_000;
/** Undisturbed time after the platform is whole again. */
const afterMilliseconds = 2000;

/** A trial that is over, with what its picture needs. */
export interface Done {
  record: TrialRecord;
  sent: Sent[];
  window: Window;
}

/** Runs one trial: from a platform that is proven whole, through the failure and the repair, to the account of every acknowledged request. */
export async function runTrial(lab: HostLab, drill: Drill, versions: Record<string, string>, say: Say): Promise<Done> {
  await untilWhole(lab, say, wholeMilliseconds);
  await drill.prepare?.(lab);
  const faultsBefore = await faultsSoFar(lab);
  const fail = async ({ load, rates, idle }: Attended): Promise<Done> => {
    const trial = new Trial(lab, load, say);
    await drill.run(trial);
    await untilWhole(lab, say, wholeMilliseconds);
    const wholeAt = Date.now();
    trial.mark("the platform is whole");
    await sleep(afterMilliseconds);
    const stoppedAt = trial.stoppedAt ?? Date.now();
    await trial.end();
    const sent = await load.stop();
    const window = { failedAt: trial.failedAt, stoppedAt };
    await everyJobDone(lab, say);
    const counted = await accountFor(lab, sent, load.accounts);
    const faults = faultsSince(faultsBefore, await faultsSoFar(lab));
    const record = judge(lab, drill, { versions, trial, idle, rates, wholeAt, seen: seen(sent, drill.measures, window), counted, faults });
    return { record, sent, window };
  };
  return attended(lab, drill.name, served, fail, drill.leastIdle);
}

/** Waits for clients that are served without a failure. Throws `Unmeasurable` when they are not. */
export async function served(load: Load): Promise<void> {
  const latest = Date.now() + 30_000;
  while (load.ended().filter(acknowledged).length < load.accounts.length + 20) {
    if (Date.now() > latest) throw new Unmeasurable("clients are not served before the failure");
    await sleep(100);
  }
  await sleep(quietMilliseconds);
  const failed = load.ended().filter((one) => !acknowledged(one));
  if (failed.length > 0) throw new Unmeasurable(`${String(failed.length)} requests failed before the failure, e.g. ${JSON.stringify(failed[0])}`);
}

/** Waits until nothing is left to do. What a lost worker had comes back after its locks have ended. Throws when it does not. */
export async function everyJobDone(lab: HostLab<Blueprint>, say: Say): Promise<void> {
  const began = Date.now();
  for (;;) {
    const open = await jobsOpen(lab);
    if (open === 0) return;
    if (Date.now() - began > drainMilliseconds)
      throw new Error(`${String(open)} jobs are still open ${String(drainMilliseconds / 1000)} s after the last request`);
    if (Date.now() - began > sayMilliseconds) say(`waiting for ${String(open)} jobs`);
    await sleep(drainLookMilliseconds);
  }
}

interface Found {
  versions: Record<string, string>;
  trial: Trial;
  idle: number;
  rates: Rates;
  wholeAt: number;
  seen: Seen;
  counted: Account;
  faults: Faults;
}

function judge(lab: HostLab, drill: Drill, found: Found): TrialRecord {
  const { trial, counted } = found;
  const { duplicatedEffects: duplicated, failedJobs } = found.faults;
  const bound = recoveryBound(lab.blueprint, drill.failure);
  const jobsFailed = sum(failedJobs);
  const side = trial.side ?? { acknowledged: 0, lost: 0, allowed: 0 };
  const lost = counted.lost.length + side.lost;
  const over = (allowed: Allowed, failed: number, inFlight: number): boolean =>
    (allowed === "none" && failed > 0) || (allowed === "inFlight" && failed > inFlight);
  const { gapSeconds, failedGets, failedPosts, inFlightGets, inFlightPosts } = found.seen;
  const broken = [
    ...trial.broken,
    ...(gapSeconds > bound.seconds ? [`gap ${gapSeconds.toFixed(2)} s, promised ${String(bound.seconds)} s`] : []),
    ...(lost > side.allowed ? [`${String(lost)} acknowledged and lost, promised at most ${String(side.allowed)}: ${counted.lost.slice(0, 3).join("; ")}`] : []),
    ...(duplicated.length > 0 && drill.jobsRunAgain !== true ? [`${String(duplicated.length)} effects came twice: ${duplicated.slice(0, 3).join("; ")}`] : []),
    ...(jobsFailed > 0 ? [`${String(jobsFailed)} jobs failed for good: ${JSON.stringify(failedJobs)}`] : []),
    ...(over(drill.failedGets, failedGets, inFlightGets) ? [`${String(failedGets)} GETs failed, promised: ${drill.failedGets}`] : []),
    ...(over(drill.failedPosts, failedPosts, inFlightPosts) ? [`${String(failedPosts)} POSTs failed, ${String(inFlightPosts)} were on their way`] : []),
  ];
  return {
    drill: drill.name,
    date: new Date(trial.failedAt).toISOString(),
    versions: found.versions,
    requestsPerSecond: sum(found.rates),
    idleShare: Math.round(found.idle * 100) / 100,
    gapSeconds: Math.round(gapSeconds * 100) / 100,
    boundSeconds: bound.seconds,
    waits: bound.waits.map(({ what, seconds }) => ({ what, seconds: Math.round(seconds * 100) / 100 })),
    acknowledged: counted.uploads + counted.topUps + side.acknowledged,
    acknowledgedLost: lost,
    allowedLost: side.allowed,
    duplicatedEffects: duplicated.length,
    jobsFailed,
    failedIdempotentRequests: failedGets,
    failedOtherRequests: failedPosts,
    inFlightRequests: inFlightGets + inFlightPosts,
    wholeAfterSeconds: Math.round((found.wholeAt - trial.failedAt) / 100) / 10,
    events: trial.events.map(({ at, what }) => ({ seconds: Math.round((at - trial.failedAt) / 10) / 100, what })),
    passed: broken.length === 0,
    broken,
  };
}
