import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedBlueprint } from "../../blueprint/types";
import { attended, type Attended } from "../drills/attended";
import { everyJobDone, served } from "../drills/run";
import { untilFaultless, type Say } from "../hosts/boot";
import type { HostLab } from "../hosts/lab";
import { accountFor, faultsSince, faultsSoFar, sum, type Account, type Faults } from "../load/account";
import { acknowledged, idempotentKinds, type Sent } from "../load/plan";
import type { ManagedDrill } from "./drill";
import { managedFaults } from "./health";
import type { ManagedRecord } from "./results";
import { ManagedTrial } from "./trial";

const wholeMilliseconds = 240_000;
/** Undisturbed time after the platform is whole again. */
const afterMilliseconds = 2000;

/** Runs one trial: from a platform that is proven whole, through the failover and the repair, to the account of every acknowledged request. */
export async function runManagedTrial(lab: HostLab<ManagedBlueprint>, drill: ManagedDrill, versions: Record<string, string>, say: Say): Promise<ManagedRecord> {
  await untilFaultless(lab, managedFaults, say, wholeMilliseconds);
  const before = await faultsSoFar(lab);
  const fail = async ({ load }: Attended): Promise<ManagedRecord> => {
    const trial = new ManagedTrial(lab, load, say);
    await drill.run(trial);
    await untilFaultless(lab, managedFaults, say, wholeMilliseconds);
    trial.mark("the platform is whole");
    await sleep(afterMilliseconds);
    const sent = await load.stop();
    await everyJobDone(lab, say);
    const counted = await accountFor(lab, sent, load.accounts);
    return judge(lab, drill, { versions, trial, sent, counted, faults: faultsSince(before, await faultsSoFar(lab)) });
  };
  return attended(lab, drill.name, served, fail);
}

interface Found {
  versions: Record<string, string>;
  trial: ManagedTrial;
  sent: readonly Sent[];
  counted: Account;
  faults: Faults;
}

function judge(lab: HostLab<ManagedBlueprint>, drill: ManagedDrill, { versions, trial, sent, counted, faults }: Found): ManagedRecord {
  const { failedAt } = trial;
  const movedAt = Math.max(trial.movedAt, failedAt);
  const boundSeconds = drill.bound(lab);
  const gapSeconds = drill.gap(trial, sent);
  const failed = sent.filter((one) => !acknowledged(one));
  const failedGets = failed.filter(({ kind }) => idempotentKinds.includes(kind)).length;
  const { duplicatedEffects: duplicated, failedJobs } = faults;
  const jobsFailed = sum(failedJobs);
  const broken = [
    ...trial.broken,
    ...(gapSeconds > boundSeconds ? [`${gapSeconds.toFixed(2)} s, promised ${String(boundSeconds)} s`] : []),
    ...(counted.lost.length > 0 ? [`${String(counted.lost.length)} acknowledged and lost: ${counted.lost.slice(0, 3).join("; ")}`] : []),
    ...(duplicated.length > 0 && drill.jobsRunAgain !== true ? [`${String(duplicated.length)} effects came twice: ${duplicated.slice(0, 3).join("; ")}`] : []),
    ...(jobsFailed > 0 ? [`${String(jobsFailed)} jobs failed for good: ${JSON.stringify(failedJobs)}`] : []),
  ];
  return {
    drill: drill.name,
    date: new Date(failedAt).toISOString(),
    versions,
    movedAfterSeconds: rounded(movedAt - failedAt),
    gapSeconds: Math.round(gapSeconds * 100) / 100,
    boundSeconds,
    lastFailureSeconds: rounded(Math.max(0, ...failed.map(({ endedAt }) => endedAt - movedAt))),
    acknowledged: counted.uploads + counted.topUps,
    acknowledgedLost: counted.lost.length,
    duplicatedEffects: duplicated.length,
    jobsFailed,
    failedGets,
    failedPosts: failed.length - failedGets,
    events: trial.events.map(({ at, what }) => ({ seconds: rounded(at - failedAt), what })),
    passed: broken.length === 0,
    broken,
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds / 10) / 100;
}
