import type { Plan } from "../blueprint";
import { lagAlarm, objectCopyMinutes } from "../blueprint/regions";
import { sitesOf } from "../blueprint/objects";
import type { Blueprint, ManagedBlueprint, Objects } from "../blueprint/types";
import { noFigure, type Figure } from "./figure";
import type { DataKind, FailureClass } from "./objectives";
import { hostFault, partsOf, zoneFault, type PartName } from "./placement";
import { followsAsStandbyCluster } from "./ownRegion";
import { lossWindowSeconds } from "./recovery";
import { followsGlobally } from "./region";
import { noOwnBackup, oneRegion } from "./rto";

/** "Typically within the last 5 minutes" (Amazon RDS user guide, restoring to a specified time; the Aurora user guide says the same). */
const restorableSeconds = 300;
const daySeconds = 86_400;

/** Age of what a class of failures may lose of what was acknowledged, for each kind of data. */
export function lossOf(plan: Plan, failure: FailureClass): Record<DataKind, Figure> {
  if (failure === "region") return regionLoss(plan);
  if (failure === "corruption") return corruptionLoss(plan);
  return {
    database: touches(failure, "databasePrimary") ? databaseLoss(plan, failure) : untouched("no host of the database is concerned"),
    queues: touches(failure, "redisPrimary") ? queuesLoss(plan, failure) : untouched("no host of the queues is concerned"),
    objects: touches(failure, "objectsHost") ? objectsLoss(plan, failure) : untouched("no host of the object store is concerned"),
  };
}

function touches(failure: FailureClass, host: FailureClass): boolean {
  return failure === host || failure === "zone" || ((failure === "fullVolume" || failure === "standstill") && host === "databasePrimary");
}

function untouched(why: string): Figure {
  return { seconds: 0, basis: "formula", source: why };
}

/** Why a kind's hosts do not all outlive the failure: then nobody says what is lost. */
function gone(plan: Plan, failure: FailureClass, part: PartName): string | undefined {
  return partsOf(plan.primary)
    .filter(({ name }) => name === part)
    .map(failure === "zone" ? zoneFault : hostFault)
    .find((one) => one !== undefined);
}

function databaseLoss(plan: Plan, failure: FailureClass): Figure {
  const { primary } = plan;
  if (primary.hosting === "managed") return managedDatabaseLoss(primary);
  const fault = gone(plan, failure, "database");
  if (fault !== undefined) return noFigure(fault);
  const { patroni } = primary.database;
  if (patroni.synchronousMode)
    return { seconds: 0, basis: "formula", source: "Patroni's synchronous mode: nothing is acknowledged that the standby does not have" };
  return {
    seconds: patroni.ttlSeconds + patroni.loopWaitSeconds,
    basis: "formula",
    source: `asynchronous: what a primary takes until its lease has ended, and up to ${String(patroni.maximumLagOnFailoverBytes)} bytes that no standby had (Patroni, replication modes)`,
  };
}

function managedDatabaseLoss({ database }: ManagedBlueprint): Figure {
  const sources = {
    rdsInstance: "the standby has what is acknowledged (Amazon RDS user guide, Multi-AZ DB instance: synchronous replication)",
    rdsCluster: "one of two readers has what is acknowledged (Amazon RDS user guide, Multi-AZ DB cluster: semi-synchronous replication)",
    aurora: "four of six copies over three zones have what is acknowledged (Aurora user guide, storage)",
  };
  return { seconds: 0, basis: "published", source: sources[database.kind] };
}

function queuesLoss(plan: Plan, failure: FailureClass): Figure {
  const { primary } = plan;
  if (primary.hosting === "managed")
    return noFigure("ElastiCache copies to its replicas after it has answered, and nothing here bounds how far they are behind");
  const fault = gone(plan, failure, "queues");
  if (fault !== undefined) return noFigure(fault);
  const { minReplicasToWrite, minReplicasMaxLagSeconds } = primary.redis;
  if (minReplicasToWrite < 1) return noFigure("a Redis master without replicas goes on taking writes (min-replicas-to-write 0)");
  return {
    seconds: lossWindowSeconds(primary),
    basis: "formula",
    source: `a master that is cut off with clients on its side takes writes until it has missed its replicas for max-lag (${String(minReplicasMaxLagSeconds)} s) and Redis has counted that; one whose host is gone lost none in any trial`,
  };
}

function objectsLoss(plan: Plan, failure: FailureClass): Figure {
  if (plan.primary.objects.minio === null)
    return { seconds: 0, basis: "published", source: "S3 answers when an object is stored over at least three zones (S3 user guide, data durability)" };
  const fault = gone(plan, failure, "objects");
  return fault === undefined
    ? {
        seconds: 0,
        basis: "formula",
        source: "MinIO answers when its write quorum has the object, and what is left after the failure is at least the read quorum",
      }
    : noFigure(fault);
}

function regionLoss({ primary, standby }: Plan): Record<DataKind, Figure> {
  const alone = noFigure(oneRegion);
  if (standby === null) return { database: alone, queues: alone, objects: alone };
  return {
    database: followedLoss(primary, standby),
    queues: noFigure("queues stay in their region: they are rebuilt from the database, and a job that only they knew is gone"),
    objects: copiedLoss(primary, standby),
  };
}

function copiedLoss({ objects }: Blueprint, standby: Blueprint): Figure {
  if (sitesJoined(objects, standby.objects))
    return noFigure(
      "MinIO's sites copy an object after it was acknowledged, usually within a second; nothing bounds how far the second region is behind, and nothing rings when it stops. What had not arrived is missing there until the first region is back, and comes then",
    );
  return objects.kind === "s3" && objects.buckets.every(({ replica }) => replica !== null)
    ? { seconds: objectCopyMinutes * 60, basis: "published", source: "S3 Replication Time Control: 99.9 % of objects within 15 minutes (Amazon S3 SLA)" }
    : noFigure("objects are not copied into the second region");
}

/** Whether two regions' MinIO know each other. */
export function sitesJoined(one: Objects, other: Objects): boolean {
  const [here, there] = [sitesOf(one), sitesOf(other)];
  return here !== null && there !== null && here.own === there.other && here.other === there.own;
}

function followedLoss(primary: Blueprint, standby: Blueprint): Figure {
  if (followsGlobally(primary) && followsGlobally(standby))
    return {
      seconds: lagAlarm.mostLagSeconds,
      basis: "formula",
      source: `an alarm rings when the second region's database is further behind; no limit, and typically under a second (Aurora user guide, global databases)`,
    };
  return followsAsStandbyCluster(primary) && followsAsStandbyCluster(standby)
    ? {
        seconds: standby.pair.lag.mostLagSeconds,
        basis: "formula",
        source:
          "an alarm in each region rings when the waiting one's standby cluster is further behind, or nobody says how far; no limit, and usually under a second. A switch between two regions that live loses nothing",
      }
    : noFigure("the database does not follow into the second region");
}

function corruptionLoss({ primary }: Plan): Record<DataKind, Figure> {
  const objects = primary.objects.lifecycle.noncurrentExpireDays;
  return {
    database: primary.hosting === "managed" ? restorable(primary) : noFigure(noOwnBackup),
    queues: primary.hosting === "managed" ? snapshots(primary) : noFigure(noOwnBackup),
    objects: { seconds: 0, basis: "formula", source: `buckets keep former versions for ${String(objects)} days` },
  };
}

function restorable({ database: { backup } }: ManagedBlueprint): Figure {
  if (backup.retentionDays < 1) return noFigure("automated backups are off");
  return {
    seconds: restorableSeconds,
    basis: "published",
    source: `a restore to any second of ${String(backup.retentionDays)} days, up to five minutes ago (Amazon RDS user guide)`,
  };
}

function snapshots({ redis: { snapshot } }: ManagedBlueprint): Figure {
  return snapshot.retentionDays < 1
    ? noFigure("no snapshot is taken")
    : { seconds: daySeconds, basis: "formula", source: `a snapshot a day, kept for ${String(snapshot.retentionDays)} days` };
}
