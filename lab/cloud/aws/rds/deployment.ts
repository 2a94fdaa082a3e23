import { mustText, textAt, textsAt, type Properties } from "../../properties";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { DB_SUBNET_GROUP } from "../types";
import { checkClass } from "./classes";
import { covered } from "./groups";
import { instanceNameFree } from "./names";
import type { Place } from "./placement";
import { storageOf } from "./storage";

/** Zones, and so instances, of a Multi-AZ DB cluster. */
const INSTANCES = 3;
/** What only a Multi-AZ DB cluster can be told. */
const ONLY_MULTI_AZ = ["allocatedStorage", "dbClusterInstanceClass", "iops"];

const isAurora = (settings: Properties): boolean => settings["engine"] !== "postgres";

/** Refuses what the other kind of cluster has, and a class that a Multi-AZ DB cluster does not. */
export function checkDeployment(settings: Properties, version: string): void {
  if (isAurora(settings)) return;
  for (const key of ["allocatedStorage", "dbClusterInstanceClass"])
    if (settings[key] === undefined) throw combination(`The parameter ${key} must be provided for the engine postgres: a Multi-AZ DB cluster`);
  if (settings["globalClusterIdentifier"] !== undefined) throw combination("A Multi-AZ DB cluster cannot be in a global cluster");
  checkClass("multi-az-cluster", version, mustText(settings, "dbClusterInstanceClass"));
}

/** Storage of the cluster: Aurora's has no size, a Multi-AZ DB cluster's is that of its instances. */
export function deployed(inputs: Properties, before: Properties): Properties {
  if (isAurora(inputs)) {
    const odd = ONLY_MULTI_AZ.find((key) => inputs[key] !== undefined);
    if (odd !== undefined) throw combination(`The parameter ${odd} is not supported for the engine aurora-postgresql`);
    const storageType = textAt(inputs, "storageType") ?? textAt(before, "storageType") ?? "";
    if (["", "aurora-iopt1"].includes(storageType)) return { storageType, allocatedStorage: 1, iops: 0 };
    throw new Refusal("InvalidParameterValue", `Invalid storage type for aurora-postgresql: ${storageType}`);
  }
  const storageType = textAt(inputs, "storageType") ?? textAt(before, "storageType") ?? "io1";
  if (!["gp3", "io1", "io2"].includes(storageType))
    throw new Refusal("InvalidParameterValue", `Invalid storage type for a Multi-AZ DB cluster: ${storageType}`);
  if (before["storageType"] !== undefined && before["storageType"] !== storageType)
    throw new Error("the embedded cloud does not model another storage type of a Multi-AZ DB cluster: the real provider would replace the cluster");
  const { iops } = storageOf({ allocatedStorage: before["allocatedStorage"] ?? 0, ...inputs, storageType }, before);
  return { storageType, iops: iops ?? 0 };
}

/** Identifiers of the instances that a Multi-AZ DB cluster comes with; none for Aurora. Refuses a group of too few zones. */
export function membersOfDeployment(id: string, inputs: Properties, place: Place, cloud: Cloud): string[] {
  if (isAurora(inputs)) return [];
  covered(cloud, textsAt(cloud.must(DB_SUBNET_GROUP, place.group).properties, "subnetIds"), INSTANCES);
  const members = Array.from({ length: INSTANCES }, (_, at) => `${id}-instance-${String(at + 1)}`);
  for (const member of members) instanceNameFree(cloud, member);
  return members;
}

function combination(message: string): Refusal {
  return new Refusal("InvalidParameterCombination", message);
}
