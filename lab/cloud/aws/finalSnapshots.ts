import { isOn, textAt } from "../properties";
import type { Resource } from "../record";
import type { Cloud } from "./cloud";
import { Refusal } from "./fault";

/** Kinds of final snapshots: each has names of its own in a region. */
const KINDS = {
  instance: { kept: "aws:rds/snapshot:Snapshot", code: "DBSnapshotAlreadyExists" },
  cluster: { kept: "aws:rds/clusterSnapshot:ClusterSnapshot", code: "DBClusterSnapshotAlreadyExistsFault" },
  cache: { kept: "elasticache:snapshot", code: "SnapshotAlreadyExistsFault" },
};

/** Nobody deletes a snapshot here, so its name is taken for ever. */
const FOR_EVER = "9999-12-31T23:59:59.999Z";

/** Takes the final snapshot of a database, unless it says to skip it. The provider itself refuses when it has no name. */
export function takeFinalSnapshot(resource: Resource, cloud: Cloud, kind: "instance" | "cluster", noun: string): void {
  if (isOn(resource.properties, "skipFinalSnapshot")) return;
  const name = textAt(resource.properties, "finalSnapshotIdentifier");
  if (name === undefined) throw new Error(`deleting ${noun} (${resource.id}): final_snapshot_identifier is required when skip_final_snapshot is false`);
  keepSnapshot(resource, cloud, kind, name);
}

/** Keeps the name of a snapshot taken on deletion; refuses one that an earlier snapshot has. */
export function keepSnapshot(resource: Resource, cloud: Cloud, kind: keyof typeof KINDS, name: string): void {
  const { kept, code } = KINDS[kind];
  const id = name.toLowerCase();
  if (cloud.record.holderOf(kept, cloud.region, id, cloud.now) !== undefined)
    throw new Refusal(code, `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`);
  cloud.record.putDeleted({ type: kept, id, region: resource.region, name: id, until: FOR_EVER });
}
