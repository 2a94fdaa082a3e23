import { isOn, mustText, objectsAt, textAt, textsAt, type Properties } from "../../properties";
import type { Resource } from "../../record";
import type { Cloud } from "../cloud";
import { Refusal } from "../fault";
import { DB_CLUSTER, DB_CLUSTER_INSTANCE, GLOBAL_CLUSTER } from "../types";
import { means } from "./versions";

/** Secondary clusters that a global cluster can have (Aurora user guide, global databases). */
const MOST_SECONDARIES = 10;

/** A global cluster by its identifier, which is unique in all regions of an account. */
export function globalById(cloud: Cloud, identifier: string): Resource | undefined {
  return cloud.record.all(GLOBAL_CLUSTER).find((one) => one.id === identifier);
}

/** The global cluster that a cluster is a member of. */
export function globalOf(cloud: Cloud, clusterArn: string): Resource | undefined {
  return cloud.record.all(GLOBAL_CLUSTER).find((one) => membersOf(one).some((member) => member["dbClusterArn"] === clusterArn));
}

/** Members of a global cluster, as its output tells them. */
export function membersOf(global: Resource): Properties[] {
  return objectsAt(global.properties, "globalClusterMembers");
}

/** True for a member that takes no writes of its own. */
export function isSecondary(cloud: Cloud, clusterArn: string): boolean {
  const global = globalOf(cloud, clusterArn);
  return global !== undefined && writerOf(global) !== clusterArn;
}

/** ARN of the primary cluster; undefined while there is none. */
export function writerOf(global: Resource): string | undefined {
  return textAt(
    membersOf(global).find((member) => isOn(member, "isWriter")),
    "dbClusterArn",
  );
}

/** A cluster anywhere, by its ARN. */
export function clusterByArn(cloud: Cloud, arn: string | undefined): Resource | undefined {
  return cloud.record.all(DB_CLUSTER).find((one) => one.properties["arn"] === arn);
}

/** Refuses a secondary cluster that its primary cannot replicate to. */
export function checkSecondary(inputs: Properties, version: string, global: Resource, cloud: Cloud): void {
  for (const [key, called] of [
    ["masterUsername", "user name"],
    ["masterPassword", "password"],
    ["databaseName", "database name"],
  ] as const)
    if (inputs[key] !== undefined) throw new Refusal("InvalidParameterCombination", `Cannot specify ${called} for cross region replication cluster`);
  const taken = membersOf(global).some((member) => regionOfArn(mustText(member, "dbClusterArn")) === cloud.region);
  if (taken) throw new Refusal("InvalidGlobalClusterStateFault", `The global cluster ${global.id} already has a cluster in ${cloud.region}`);
  if (membersOf(global).length > MOST_SECONDARIES)
    throw new Refusal("InvalidGlobalClusterStateFault", `The global cluster ${global.id} already has ${String(MOST_SECONDARIES)} secondary clusters`);
  const running = textAt(clusterByArn(cloud, writerOf(global))?.properties, "engineVersionActual");
  if (running !== version)
    throw new Refusal("InvalidParameterValue", `The secondary cluster must have the engine version of the primary cluster: ${running ?? ""}, not ${version}`);
}

/** Refuses encryption that differs from the global cluster's, and a copy of encrypted storage without a key of its own region. */
export function checkEncryption(inputs: Properties, global: Resource, role: "primary" | "secondary"): void {
  const encrypted = isOn(global.properties, "storageEncrypted");
  if (isOn(inputs, "storageEncrypted") !== encrypted)
    throw new Refusal("InvalidParameterCombination", `The global cluster ${global.id} is ${encrypted ? "" : "not "}encrypted, and so must its clusters be`);
  if (role === "secondary" && encrypted && inputs["kmsKeyId"] === undefined)
    throw new Refusal("InvalidParameterCombination", "Source cluster is encrypted; pass a valid KMS key ID (which belongs to the current region)");
}

/** Adds a cluster; the first one is the primary. */
export function join(cloud: Cloud, global: Resource, clusterArn: string): void {
  const member = { dbClusterArn: clusterArn, isWriter: writerOf(global) === undefined };
  cloud.record.put({ ...global, properties: { ...global.properties, globalClusterMembers: [...membersOf(global), member] } });
}

/** Refuses to take the primary out before all others. */
export function mayLeave(global: Resource, clusterArn: string): void {
  if (writerOf(global) === clusterArn && membersOf(global).length > 1)
    throw new Refusal("InvalidGlobalClusterStateFault", `The primary cluster of ${global.id} can only be removed after its secondary clusters`);
}

/** Takes a cluster out. */
export function leave(cloud: Cloud, global: Resource, clusterArn: string): void {
  mayLeave(global, clusterArn);
  const others = membersOf(global).filter((member) => member["dbClusterArn"] !== clusterArn);
  cloud.record.put({ ...global, properties: { ...global.properties, globalClusterMembers: others } });
}

/** Puts another engine version on a cluster's instances, and on the cluster itself when its global cluster is upgraded. */
export function upgradeMembers(cloud: Cloud, cluster: Resource, version: string, upgrades: "instances" | "cluster and instances"): void {
  const raised = (resource: Resource): void => {
    const written = textAt(resource.properties, "engineVersion");
    const engineVersion = written !== undefined && means(written, version) ? written : version;
    cloud.record.put({ ...resource, properties: { ...resource.properties, engineVersion, engineVersionActual: version } });
  };
  if (upgrades === "cluster and instances") raised(cluster);
  for (const one of instancesOf(cloud, cluster)) raised(one);
}

/** Instances of a cluster that have records of their own, in the order in which they were made. */
export function instancesOf(cloud: Cloud, cluster: Resource): Resource[] {
  const all = cloud.record.all(DB_CLUSTER_INSTANCE).filter((one) => one.region === cluster.region);
  return textsAt(cluster.properties, "clusterMembers").flatMap((id) =>
    all.filter((one) => one.id === id && one.properties["clusterIdentifier"] === cluster.id),
  );
}

/** Region that an ARN is of. */
export function regionOfArn(arn: string): string {
  return arn.split(":")[3] ?? "";
}
