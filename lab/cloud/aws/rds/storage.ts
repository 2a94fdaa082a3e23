import { integerAt, isOn, textAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";

/**
 * Limits of storage for PostgreSQL (RDS user guide, "Amazon RDS DB instance storage"): GiB, IOPS, and IOPS for each GiB. Below
 * `striped` GiB, gp3 has its baseline and nothing can be set; from there on volumes are striped over four.
 */
const GIB = { most: 65_536, least: { gp2: 20, gp3: 20, io1: 100, io2: 100 } };
const GP3 = {
  striped: 400,
  small: { iops: 3000, throughput: 125 },
  large: { iops: 12_000, throughput: 500 },
  most: { iops: 64_000, throughput: 4000 },
  iopsPerGib: 500,
  throughputPerIops: 0.25,
};
const PROVISIONED = {
  io1: { least: 1000, most: 256_000, fewestPerGib: 0.5, mostPerGib: 50 },
  io2: { least: 1000, most: 256_000, fewestPerGib: 0.5, mostPerGib: 1000 },
};
/** The threshold of autoscaling must exceed the storage by this much (RDS user guide, storage autoscaling). */
const AUTOSCALING_PERCENT = 110;

/** What storage these inputs come to, after the settings before; refuses what cannot be, and storage smaller than before. */
export function storageOf(inputs: Properties, before: Properties = {}): Properties {
  const settings = { ...carriedOver(inputs, before), ...inputs };
  const size = integerAt(settings, "allocatedStorage") ?? 0;
  const wantedIops = integerAt(settings, "iops");
  const storageType = textAt(settings, "storageType") ?? (wantedIops === undefined ? "gp2" : "io1");
  if (size < (integerAt(before, "allocatedStorage") ?? 0)) throw combination(`The allocated storage cannot be reduced to ${String(size)} GiB`);
  const most = integerAt(settings, "maxAllocatedStorage") ?? 0;
  if (most > GIB.most || (most > 0 && most * 100 < size * AUTOSCALING_PERCENT))
    throw combination(
      `Invalid max storage size ${String(most)} for engine name postgres: it must be at least 10% over ${String(size)} GiB, and at most ${String(GIB.most)}`,
    );
  switch (storageType) {
    case "gp3":
      inRange(size, GIB.least.gp3, GIB.most, `storage size for engine name postgres and storage type gp3`);
      return { storageType, ...gp3(size, wantedIops, integerAt(settings, "storageThroughput")) };
    case "io1":
    case "io2":
      inRange(size, GIB.least[storageType], GIB.most, `storage size for engine name postgres and storage type ${storageType}`);
      refuseThroughput(settings, storageType);
      return { storageType, iops: provisioned(storageType, size, wantedIops), storageThroughput: 0 };
    case "gp2":
      inRange(size, GIB.least.gp2, GIB.most, "storage size for engine name postgres and storage type gp2");
      refuseThroughput(settings, storageType);
      if (wantedIops !== undefined && wantedIops > 0) throw combination("You can't specify IOPS for storage type gp2.");
      return { storageType, iops: 0, storageThroughput: 0 };
    default:
      throw new Refusal("InvalidParameterValue", `Invalid storage type: ${storageType}`);
  }
}

// IOPS and throughput that the program leaves out stay as they are, unless they came with another type or with gp3's baseline.
function carriedOver(inputs: Properties, before: Properties): Properties {
  const storageType = textAt(before, "storageType");
  if (storageType === undefined || storageType === "") return {};
  const kept: Properties = { storageType };
  if (storageType === "gp2" || storageType !== (textAt(inputs, "storageType") ?? storageType)) return kept;
  const least = storageType === "gp3" ? GP3.striped : 0;
  if ((integerAt(before, "allocatedStorage") ?? 0) < least) return kept;
  return { ...kept, iops: before["iops"] ?? 0, ...(storageType === "gp3" ? { storageThroughput: before["storageThroughput"] ?? 0 } : {}) };
}

function gp3(size: number, wantedIops: number | undefined, wantedThroughput: number | undefined): Properties {
  if (size < GP3.striped) {
    if (wantedIops !== undefined || wantedThroughput !== undefined)
      throw combination(`You can't specify IOPS or storage throughput for engine postgres and a storage size less than ${String(GP3.striped)}.`);
    return { iops: GP3.small.iops, storageThroughput: GP3.small.throughput };
  }
  const iops = wantedIops ?? GP3.large.iops;
  const throughput = wantedThroughput ?? GP3.large.throughput;
  inRange(iops, GP3.large.iops, GP3.most.iops, "iops for storage type gp3");
  inRange(throughput, GP3.large.throughput, GP3.most.throughput, "storage throughput for storage type gp3");
  if (iops > size * GP3.iopsPerGib) throw combination(`Invalid iops to storage (GB) ratio for storage type gp3: ${String(iops / size)}`);
  if (throughput > iops * GP3.throughputPerIops)
    throw combination(`Invalid storage throughput to iops ratio for storage type gp3: ${String(throughput / iops)}`);
  return { iops, storageThroughput: throughput };
}

function provisioned(storageType: "io1" | "io2", size: number, iops: number | undefined): number {
  if (iops === undefined) throw combination(`You must specify Iops for storage type ${storageType}.`);
  const limit = PROVISIONED[storageType];
  inRange(iops, limit.least, limit.most, `iops for storage type ${storageType}`);
  if (iops < size * limit.fewestPerGib || iops > size * limit.mostPerGib)
    throw combination(`Invalid iops to storage (GB) ratio for engine name postgres and storage type ${storageType}: ${String(iops / size)}`);
  return iops;
}

/** The key of encrypted storage: the given one, or AWS's own. Refuses a key for storage that is not encrypted. */
export function storageKey(settings: Properties, cloud: Cloud): string {
  const given = textAt(settings, "kmsKeyId");
  if (isOn(settings, "storageEncrypted")) return given ?? cloud.arn("kms", "alias/aws/rds");
  if (given !== undefined && given !== "") throw combination("You can't specify a KMS key for storage that is not encrypted: set StorageEncrypted");
  return "";
}

function refuseThroughput(settings: Properties, storageType: string): void {
  if ((integerAt(settings, "storageThroughput") ?? 0) > 0) throw combination(`You can't specify storage throughput for storage type ${storageType}.`);
}

function inRange(value: number, least: number, most: number, what: string): void {
  if (!Number.isInteger(value) || value < least || value > most) throw combination(`Invalid ${what}: ${String(value)} (${String(least)} to ${String(most)})`);
}

function combination(message: string): Refusal {
  return new Refusal("InvalidParameterCombination", message);
}
