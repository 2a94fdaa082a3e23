import { sitesJoined } from "../../../sla/loss";
import { dataKinds, type DataKind, type FailureClass } from "../../../sla/objectives";
import { promiseOf } from "../../../sla/promise";
import { lossNames, type Judged, type Promised, type PromisedClass } from "../../../sla/promised";
import { planOf } from "../../plan";
import { rule, type Violation } from "../../rule";

type Hosting = Promised["hosting"];

/**
 * What the contract asks for and nothing that is built bounds, with the reason: it is said to the operator as not promised
 * (`make promise`), and not refused. Whatever else is without a bound is.
 */
const gaps: Readonly<Record<Hosting, Partial<Record<FailureClass, string>>>> = {
  selfHosted: {
    region: "own hosts' backups outside their region are not built",
    corruption: "own hosts' backups are not built",
  },
  managed: {
    fullVolume: "AWS gives no bound for an RDS instance whose volume is full; it grows before that",
    redisPrimary: "ElastiCache replicates behind the acknowledgement and gives no bound",
    zone: "ElastiCache replicates behind the acknowledgement and gives no bound",
    region: "one region below level 3",
    corruption: "how long a restore takes depends on the size of the data; AWS gives no bound",
  },
};

/** What is so of joined sites of MinIO only, at level 3; S3 gives a figure. */
const regionGapOfMinio: Partial<Record<DataKind, string>> = {
  objects: "MinIO's sites copy an object after it was acknowledged; nothing bounds how far they are behind, and no alarm watches it",
};

export const objectivesKept = rule({
  name: "objectives-kept",
  group: "promise",
  description: "what the stack promises for every class of failures is within its level's objective",
  why: "The objective is what users were told; a setting that makes recovery longer or losses larger breaks it before anything fails.",
  judge: (stack) => {
    const plan = planOf(stack);
    const { hosting, level, classes } = promiseOf(plan);
    const regionGaps = plan.standby !== null && sitesJoined(plan.primary.objects, plan.standby.objects) ? regionGapOfMinio : {};
    return classes.flatMap((one) => {
      return judgements(one).flatMap(({ what, kind, judged }): Violation[] => {
        // At level 3 the second region bounds what the loss of the first takes.
        const ofLevel3 = kind === null ? undefined : regionGaps[kind];
        const gap = level === 3 && one.class === "region" ? ofLevel3 : gaps[hosting][one.class];
        if (judged.kept === "yes" || judged.kept === "noObjective" || (judged.kept === "notPromised" && gap !== undefined)) return [];
        return [
          {
            urn: null,
            promised: `${what} at most ${String(judged.objectiveSeconds)} s when this fails: ${one.what}`,
            found: judged.boundSeconds === null ? `nothing bounds it: ${judged.source}` : `${String(judged.boundSeconds)} s: ${judged.source}`,
            fix: "change the setting that the longest part of the sum comes from (docs/promise.md), or the placement",
          },
        ];
      });
    });
  },
});

function judgements({ rto, rpo }: PromisedClass): { what: string; kind: DataKind | null; judged: Judged }[] {
  return [{ what: "clients wait", kind: null, judged: rto }, ...dataKinds.map((kind) => ({ what: `lost ${lossNames[kind]} are`, kind, judged: rpo[kind] }))];
}
